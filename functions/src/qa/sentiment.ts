import { readEnglish } from '../models/offline/language.ts'
import type { AnswerSentiment } from './answer-schema.ts'

/** Stems of words that speak for or against something. Not a list of feelings: "sick" and "die" are what cover is about. */
const FOR =
  'trust good great love enjoy happi glad useful help worth fair clear simpl easi safe secur calm confid recommend agre yes benefit conveni reassur comfort relief valu prefer honest reliabl support hope'
const AGAINST =
  'worri fear afraid distrust expens overpr refus cheat lie hate bad wors worst danger complic confus hidden hide exclud doubt wast useless unfair annoi angri suspici trap pressur nonsens trick vagu fool troubl problem risk lose lost fail mistrust scam greedi impossibl unafford'
const TURNS = new Set([
  'not',
  "n't",
  'no',
  'never',
  'nobody',
  'nothing',
  'without',
  'hardly',
  'cannot',
  'nor',
])
const REACH = 4

const forWords = new Set(FOR.split(' '))
const againstWords = new Set(AGAINST.split(' '))

/** Where a text stands, −1 (against) to 1 (for), by the words of it; a turn such as "not" reaches over the next few words. */
function stanceOf(text: string): number {
  let pro = 0
  let contra = 0
  for (const sentence of readEnglish(text)) {
    let turnedUntil = -1
    for (const [at, { lower, stem }] of sentence.entries()) {
      if (TURNS.has(lower)) {
        turnedUntil = at + REACH
        continue
      }
      const isTurned = at <= turnedUntil
      const speaksFor = forWords.has(stem)
      if (!speaksFor && !againstWords.has(stem)) continue
      // What is denied of the bad is only half as much good: "no problem" says little.
      if (speaksFor !== isTurned) pro += isTurned ? 0.5 : 1
      else contra += 1
    }
  }
  const all = pro + contra
  return all === 0 ? 0 : (pro - contra) / all
}

export const sentimentOf = (text: string): Exclude<AnswerSentiment, 'unknown'> => {
  const stance = stanceOf(text)
  return stance > 0.2 ? 'positive' : stance < -0.2 ? 'negative' : 'neutral'
}

/** A sentiment on the scale of `stanceOf`. */
export const SENTIMENT_VALUE: Record<Exclude<AnswerSentiment, 'unknown'>, number> = {
  positive: 1,
  neutral: 0,
  negative: -1,
}
