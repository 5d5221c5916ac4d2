import { readWords } from '../../severity/read-words.ts'
import type { TranscriptMessage } from './transcript.ts'

export interface Sentiment {
  label: 'positive' | 'neutral' | 'negative'
  /** −1 to 1. */
  score: number
  /** Ids of the messages that say so most plainly. */
  evidence: string[]
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/**
 * How people feel, and no more: danger is judged elsewhere. "Help", "please" and "calm" are in neither list: in an
 * emergency they are asked for, and general lexicons count them as good news.
 */
const GOOD =
  setOf(`good great excellent perfect wonderful happy glad thanks thank appreciate love loved lovely nice awesome fantastic
  relieved better best safe fine well works worked solved fixed resolved recovered enjoy enjoyed pleased satisfied amazing brilliant
  grateful delighted beautiful friendly kind quick smooth easy congratulations gracias bien bueno dhanyavaad shukriya shukran merci
  धन्यवाद शुक्रिया شكرا 😊 🙂 👍 ❤ 🎉`)
const BAD =
  setOf(`bad terrible awful horrible worst worse angry upset annoyed furious sad afraid scared frightened terrified worried anxious
  panic hate hated pain painful hurt hurts injured bleeding dying dead death fire attack attacked danger dangerous trapped stuck
  crying lost alone useless ridiculous unacceptable disappointed disappointing frustrated frustrating complaint complain rude slow
  late delayed cancel cancelled wrong problem problems issue mistake trouble poor nobody sick ill unwell dizzy weak tired cold
  stressed depressed malo dolor miedo ayuda dard मदद दर्द 😢 😭 😡 😠 😱 💔 👎`)
/** What people say when a conversation goes badly: an apology, something that fails, saying it again, a plain "no". */
const FAILURE = setOf(
  `fail failed fails failing broken broke crash crashed error cant cannot couldnt wont doesnt didnt isnt unable impossible`,
)
const APOLOGY = setOf('sorry apologize apologise apologies apology unfortunately regret perdon maaf माफ آسف')
const REPETITION = setOf('again still already twice repeatedly told said otra phir फिर')
const DENIAL = setOf('no nope never nothing nahi nahin नहीं لا')
const NEGATORS = setOf(
  'not no never dont doesnt didnt isnt arent wasnt werent cant cannot couldnt wont wouldnt hardly without aint',
)
/** A negator reaches over so many words. */
const REACH = 3
const WEIGHTS = { good: 1, bad: -1, failure: -0.5, apology: -0.4, repetition: -0.25, denial: -0.25 }
/** So much of the feeling in a conversation must lean to one side to be called by it. */
const LEANING = 0.15

/** How the people of a conversation feel about it, later messages counting more than earlier ones. */
export function readSentiment(messages: readonly TranscriptMessage[]): Sentiment {
  const scores = messages.map(({ message_id, content }, at) => ({
    message_id,
    // The end tells more about how it went than the beginning.
    score: scoreOf(content) * (0.5 + (0.5 * (at + 1)) / messages.length),
  }))
  const sum = scores.reduce((total, { score }) => total + score, 0)
  const felt = scores.reduce((total, { score }) => total + Math.abs(score), 0)
  // One lukewarm word in a long conversation is no feeling.
  const score = felt === 0 ? 0 : sum / (felt + 1)
  const label = score > LEANING ? 'positive' : score < -LEANING ? 'negative' : 'neutral'
  const sign = label === 'positive' ? 1 : -1
  const evidence = scores
    .filter(({ score: each }) => each * sign > 0)
    .toSorted((a, b) => (b.score - a.score) * sign)
    .slice(0, 3)
    .map(({ message_id }) => message_id)
  return { label, score: Math.round(score * 100) / 100, evidence: label === 'neutral' ? [] : evidence }
}

/** The feeling in one message, 0 for none. */
function scoreOf(content: string): number {
  const { words } = readWords(content)
  let score = 0
  for (const [at, { text, clause }] of words.entries()) {
    const isNegated = words
      .slice(Math.max(0, at - REACH), at)
      .some((before) => before.clause === clause && NEGATORS.has(before.text))
    // "No problem" is no complaint, and "not good" no praise; but what is not bad is not good either.
    if (GOOD.has(text)) score += isNegated ? WEIGHTS.bad : WEIGHTS.good
    else if (BAD.has(text)) score += isNegated ? 0 : WEIGHTS.bad
    else if (FAILURE.has(text)) score += WEIGHTS.failure
    else if (APOLOGY.has(text)) score += WEIGHTS.apology
    else if (REPETITION.has(text)) score += WEIGHTS.repetition
    // "No problem", "no worries": an answer only where nothing follows at once.
    else if (DENIAL.has(text) && words[at + 1]?.clause !== clause) score += WEIGHTS.denial
  }
  return score
}
