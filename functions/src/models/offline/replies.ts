import type { Told } from './retell.ts'
import type { Sentence } from './transcript.ts'

/** A plain yes or no to what was said last, and who gave it. */
export interface Reply {
  readonly speaker: string
  readonly isYes: boolean
  readonly message_id: string
}

const YES =
  /^(?:(?:oh|well|um|uh)[,.! ]+)*(?:yes|yeah|yep|yup|sure|ok|okay|alright|all right|certainly|of course|no problem|absolutely|definitely|with pleasure|why not|i'd love to|i agree|good idea|(?:that|it)(?:'s| is) (?:a )?(?:good|great|fine)|(?:(?:that|it) )?sounds (?:good|great|fine|nice|perfect|wonderful))\b(?!,? but\b)/i
const NO =
  /^(?:(?:oh|well|um|uh)[,.! ]+)*(?:no|nope|nah|not really)\b(?! (?:problem|worries|wonder|one|doubt|idea|matter|need)\b)/i

/** The replies of those who are asked, by the last sentence of a turn; the next turn opens with them. */
export function readReplies(sentences: readonly Sentence[]): ReadonlyMap<Sentence, Reply> {
  const replies = new Map<Sentence, Reply>()
  for (const [at, sentence] of sentences.entries()) {
    const next = sentences[at + 1]
    if (next === undefined || next.message.speaker === sentence.message.speaker) continue
    const isYes = YES.test(next.text)
    if (next.text.endsWith('?') || (!isYes && !NO.test(next.text))) continue
    const { speaker, message_id } = next.message
    replies.set(sentence, { speaker, isYes, message_id })
  }
  return replies
}

/** To "isn't it?" yes and no may mean the same, and so may they where somebody minds. */
const UNCLEAR = /^asks .*(?:n't|\bnot\b|\bminds?\b)/
const QUESTION = /^asks if (?!(?:they|S) (?:can|may|could|should)\b)/
const PROPOSAL = /^(?:asks (?:if|to|for)|suggests|invites|offers|(?:advises|tells) (?:not )?to)\b/

/** ", and Bob agrees"; empty where a yes or no to what is told means nothing plain. A no is told as one: why, we do not know. */
export function tellReply({ speaker, act, rest }: Told, reply: Reply): string {
  const told = `${act.split(' ')[0] ?? ''} ${rest}`.trim().replace(`if ${speaker} `, 'if S ')
  if (UNCLEAR.test(told) || !(QUESTION.test(told) || PROPOSAL.test(told))) return ''
  if (!reply.isYes) return `, but ${reply.speaker} says no`
  return `, and ${reply.speaker} ${QUESTION.test(told) ? 'says yes' : 'agrees'}`
}

/** These mean another thing in a statement than in a question, or ask for more than a yes. */
const ONLY_ASKED = /\b(?:or|any\w*|ever|yet|why|how|either)\b/

/** What is asked, told as so by whom has said yes to it: "Bob has finished". Undefined where it cannot be told so. */
export function confirmed({ speaker, act, rest }: Told, reply: Reply): Told | undefined {
  if (!reply.isYes || !tellReply({ speaker, act, rest }, reply).endsWith('says yes')) return undefined
  const asked = rest.replace(/^if /, '')
  if (ONLY_ASKED.test(asked)) return undefined
  const own = `${reply.speaker} `
  return asked.startsWith(own)
    ? { speaker: reply.speaker, act: '', rest: asked.slice(own.length) }
    : { speaker: reply.speaker, act: `tells ${speaker}`, rest: asked }
}
