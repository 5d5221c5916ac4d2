// Forms of English verbs that the rewrite needs; the tagger's lemmas are the base forms. Words come from anybody's messages: they are
// looked up in maps, where "constructor" is a word like any other.

const THIRD = new Map(Object.entries({ be: 'is', have: 'has', do: 'does', go: 'goes' }))
const ING = new Map(
  Object.entries({
    be: 'being',
    see: 'seeing',
    lie: 'lying',
    die: 'dying',
    tie: 'tying',
    flee: 'fleeing',
    agree: 'agreeing',
  }),
)
/** Their last consonant is doubled though more than one syllable comes before it. */
const DOUBLED = new Set([
  'begin',
  'forget',
  'admit',
  'prefer',
  'refer',
  'occur',
  'permit',
  'submit',
  'cancel',
])
const PAST = new Map(
  `be was;have had;do did;go went;say said;get got;make made;know knew;think thought;take took;see saw;come came;find found;give gave;tell told;feel felt;leave left;put put;mean meant;keep kept;let let;begin began;hear heard;run ran;bring brought;write wrote;sit sat;stand stood;lose lost;pay paid;meet met;lead led;speak spoke;read read;spend spent;grow grew;win won;buy bought;send sent;fall fell;cut cut;build built;break broke;drive drove;wear wore;hurt hurt;hit hit;catch caught;sleep slept;eat ate;drink drank;teach taught;sell sold;choose chose;forget forgot;understand understood;hold held;happen happened;set set;show showed;wake woke;begin began;ride rode;fly flew;throw threw;rise rose;swim swam;sing sang;feed fed;burn burned;bleed bled`
    .split(';')
    .map((pair) => pair.split(' ') as [string, string]),
)
const isVowel = (letter: string | undefined): boolean => letter !== undefined && 'aeiou'.includes(letter)

/** `want` → `wants`. */
export function thirdPerson(base: string): string {
  const known = THIRD.get(base)
  if (known !== undefined) return known
  if (/(?:s|x|z|ch|sh|o)$/.test(base)) return `${base}es`
  if (base.endsWith('y') && !isVowel(base.at(-2))) return `${base.slice(0, -1)}ies`
  return `${base}s`
}

/** `stop` → `stopping`. */
export function presentParticiple(base: string): string {
  const known = ING.get(base)
  if (known !== undefined) return known
  if (base.endsWith('e') && !/[eoy]e$/.test(base)) return `${base.slice(0, -1)}ing`
  return doublesLast(base) ? `${base}${base.at(-1)}ing` : `${base}ing`
}

/** `stop` → `stopped`. */
export function pastTense(base: string): string {
  const known = PAST.get(base)
  if (known !== undefined) return known
  if (base.endsWith('e')) return `${base}d`
  if (base.endsWith('y') && !isVowel(base.at(-2))) return `${base.slice(0, -1)}ied`
  return doublesLast(base) ? `${base}${base.at(-1)}ed` : `${base}ed`
}

function doublesLast(base: string): boolean {
  if (DOUBLED.has(base)) return true
  return /^[^aeiou]*[aeiou][bdfgklmnprt]$/.test(base) && !base.endsWith('w')
}
