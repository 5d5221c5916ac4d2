/**
 * Words of harm in a use that is none, by what is done to whom: a meeting is cut short, a budget burned, a shift falls on a
 * Sunday. Only with words for what nobody can be hurt by, and never where they name a place ("the meeting room").
 */
const ABSTRACT =
  `(?:meetings?|budgets?|costs?|expenses?|prices?|sales|funds?|deadlines?|targets?|goals?|schedules?|plans?|projects?|
  reports?|records?|speech(?:es)?|talks?|calls?|photos?|pictures|videos?|files?|songs?|cds?|discs?|shifts?|holidays?|vacations?|
  weekends?|birthdays?|seasons?|trips?|gym|shops|books|jokes?|news|views?|offers?|quality|numbers?|traffic|queues?|interview|exams?)
  (?!\\s+(?:rooms?|halls?|offices?|department|building|floor|desk|wall|door|site|area|park|stairs?|ladder|and))`.replace(
    /\s*\n\s*/g,
    '',
  )
/** Little may stand between: in "she cut her finger, calls fail" a finger is cut. */
const DETERMINED =
  '(?:(?:the|a|an|our|my|your|his|her|their|its|this|that|these|those|some|any|all)\\s+)?(?:(?:long|short|new|old|last|next|big|whole|weekly|monthly|company)\\s+)?'

const USES = [
  // What is done to it.
  `\\b(?:cut(?:s|ting)?|burn(?:s|ed|t|ing)?|hit(?:s|ting)?|dr(?:op(?:s|ped|ping)?)|crush(?:es|ed|ing)?|br(?:eak|oke|oken|eaking))\\s+(?:(?:through|down on)\\s+)?${DETERMINED}${ABSTRACT}\\b`,
  // Where one is that is no place.
  `\\bstuck\\s+(?:in|at|on)\\s+${DETERMINED}${ABSTRACT}\\b`,
  // What it does.
  `\\b${ABSTRACT}\\s+(?:(?:has|have|had|will|just|always|often|really)\\s+)?(?:f(?:all|alls|ell|alling)|drop(?:s|ped)?|knocks?|knocked|hits?|crushed|burned)\\b(?:\\s+(?:me|us)\\s+out\\b)?`,
  // "Pain from his back to his leg" is about a back; "drive it back to the depot" is not.
  '(?<!\\b(?:the|my|his|her|your|their|lower|upper|in|on)\\s+)\\bback\\s+(?=(?:to|at|by|from|home|online|again)\\b)',
  '(?<=\\b(?:am|are|be|come|came|get|go|went|call|called|send|bring|write)\\s+)back\\b(?!\\s+(?:pain|ache|injury|hurts?))',
].map((pattern) => new RegExp(pattern, 'giu'))

/** A text without them. */
export const withoutEverydayUse = (text: string): string =>
  USES.reduce((rest, pattern) => rest.replace(pattern, ' '), text)
