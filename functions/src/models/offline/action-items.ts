import { retell } from './retell.ts'
import type { Sentence, Transcript } from './transcript.ts'
import { whoSpeaks } from './who-speaks.ts'

export interface ActionItem {
  /** In the third person, e.g. "Ann will call the supplier." */
  text: string
  /** Who is to do it, where that is plain. */
  owner: string | null
  evidence: string[]
}

type Owner = 'speaker' | 'addressee' | 'both'

/** What a promise, an order and a plan begin with; how sure they are; and whose they are. */
const CUES: readonly (readonly [cue: RegExp, weight: number, owner: Owner])[] = [
  [
    /\b(?:i will|i'll|i am going to|i'm going to|i'm gonna)\s+(?!be\b|say\b|have\b|see you|tell you|bet|miss)/i,
    2,
    'speaker',
  ],
  [/\blet me\s+(?:check|call|send|find|look|get|order|schedule|arrange|write|talk)/i, 2, 'speaker'],
  [
    /\b(?:we will|we'll|we are going to|we're going to|we're gonna|let's)\s+(?!see\b|say\b|be\b)/i,
    1.5,
    'both',
  ],
  [/\bwe (?:should|need to|have to|must)\b/i, 1.5, 'both'],
  [
    /\b(?:could|can|would|will) you (?:please )?(?!tell|explain|repeat|hear|see|speak|help|say|describe|give me an idea)\w+/i,
    1.5,
    'addressee',
  ],
  [/\byou (?:should|need to|have to|must|ought to|'d better|had better)\b/i, 1.5, 'addressee'],
  [
    /^(?:and |so |then |ok,? |okay,? )?(?:please|make sure|remember to|don't forget to|be sure to)\b/i,
    2,
    'addressee',
  ],
  [/\bi (?:want|need|would like|'d like|expect) you to\b/i, 2, 'addressee'],
  [
    /\b(?:follow[- ]up|schedule|prescribe|refer(?:ral)?|order(?:ing)?|send|arrange|remind|deadline|next (?:step|week|meeting|time))\b/i,
    0.7,
    'both',
  ],
  [
    /\b(?:by|before|until) (?:tomorrow|tonight|noon|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next|the end)\b/i,
    0.8,
    'both',
  ],
]
/** What is asked, thought of or long done is no task. */
const DOUBT =
  /\b(?:if (?:i|we|you)|would have|should have|could have|might|maybe|wouldn't|shouldn't|used to|last (?:week|year|month|time))\b/i
/** The end of a conversation settles what its beginning only spoke of. */
const RECENCY = 0.8
const ENOUGH = 1.5

/** What somebody has undertaken or been told to do, in the order of the conversation: cue words, and how late they come. */
export function findActionItems(transcript: Transcript, most = 6): ActionItem[] {
  const { sentences } = transcript
  const count = sentences.length
  const weighed = sentences.flatMap((sentence) => {
    if (sentence.terms.length === 0 || DOUBT.test(sentence.text)) return []
    const cues = CUES.filter(([cue]) => cue.test(sentence.text))
    const isRequest = sentence.text.endsWith('?')
    if (isRequest && !cues.some(([, , owner]) => owner === 'addressee')) return []
    const score = cues.reduce((sum, [, weight]) => sum + weight, 0)
    return score < ENOUGH
      ? []
      : [{ sentence, owner: cues[0]?.[2] ?? 'both', score: score + RECENCY * (sentence.index / count) }]
  })
  return weighed
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .toSorted((a, b) => a.sentence.index - b.sentence.index)
    .flatMap(({ sentence, owner }) => toItem(sentence, owner, transcript))
}

function toItem(sentence: Sentence, owner: Owner, transcript: Transcript): ActionItem[] {
  const text = retell(sentence, whoSpeaks(sentence, transcript))
  if (text === null) return []
  const owners = { speaker: sentence.message.speaker, addressee: sentence.addressee, both: null }
  return [{ text, owner: owners[owner], evidence: [sentence.message.message_id] }]
}
