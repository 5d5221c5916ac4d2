import type { FoundCall } from '../calls/lost-holders.ts'
import { changeCall } from '../conversations/change-call.ts'
import { readCallOf } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { WORD_LENGTH, normalizeWord, proveWord } from './duress-proof.ts'
import { type DuressDeps, digestOf, isSame, raiseDuress, readDigest } from './duress.ts'
import { markJudged } from './silence.ts'

type MessageDeps = DuressDeps & Pick<Deps, 'writes'>

/**
 * Looks whether a message of a worker is their duress word, and no more than that word.
 *
 * @throws AppError `unavailable` when a database does not answer, and another attempt could help.
 */
export async function judgeMessage(
  deps: MessageDeps,
  { conversationId, messageId, stored }: { conversationId: string; messageId: string; stored: unknown },
): Promise<'duress' | 'ordinary'> {
  const word = possibleWord(stored)
  if (word === undefined) return 'ordinary'
  const found = await readCallOf({ ...deps, database: deps.writes }, conversationId)
  if (found === undefined) return 'ordinary'
  return await judgeWords(deps, [found.callId, found.call], [[messageId, word]])
}

/** Messages newer than this are looked at once more: ours is not the clock that dates them, ms. */
const SETTLE_MS = 5_000

/**
 * Looks at the worker's messages that no sweep has looked at: the trigger sees each at once, but only where triggers
 * run. Which ones were looked at is kept on the call (`judged_to`), after they were; whoever comes after a crash looks
 * again, and an alarm for the same message is the same alarm. Nothing is read while nobody has written.
 *
 * @returns `duress`: one of them was their word, now or when it was looked at before
 * @throws when a database does not answer, and another attempt could help.
 */
export async function judgeNewMessages(
  deps: MessageDeps,
  [callId, call]: FoundCall,
): Promise<'duress' | 'ordinary'> {
  const { last_message_at, judged_to = 0 } = call
  if (last_message_at !== undefined && last_message_at <= judged_to) return 'ordinary'
  const seenAt = deps.clock.now()
  const messages = await deps.writes
    .ref(`active_conversations/${call.conversation_id}/messages`)
    .orderByChild('received_at')
    .startAt(judged_to)
    .get()
  const words: [messageId: string, word: string][] = []
  let latest = judged_to
  messages.forEach((message) => {
    const at: unknown = message.child('received_at').val()
    if (typeof at === 'number') latest = Math.max(latest, at)
    const word = possibleWord(message.val())
    if (word !== undefined) words.push([message.key, word])
  })
  const outcome = await judgeWords(deps, [callId, call], words)
  const judgedTo = Math.min(Math.max(latest, last_message_at ?? 0), seenAt - SETTLE_MS)
  if (judgedTo > judged_to) await changeCall(deps, callId, () => true, markJudged(judgedTo))
  return outcome
}

/** What a message says when it is short enough for a word. */
function possibleWord(stored: unknown): string | undefined {
  const { role, content } = (stored ?? {}) as { role?: unknown; content?: unknown }
  if (role !== 'user' || typeof content !== 'string' || content.length > 4 * WORD_LENGTH.most)
    return undefined
  const { length } = normalizeWord(content)
  return length < WORD_LENGTH.least || length > WORD_LENGTH.most ? undefined : content
}

async function judgeWords(
  deps: DuressDeps,
  [callId, call]: FoundCall,
  words: readonly (readonly [messageId: string, word: string])[],
): Promise<'duress' | 'ordinary'> {
  if (words.length === 0) return 'ordinary'
  const digest = await readDigest(deps, call.worker_id)
  if (digest === undefined) return 'ordinary'
  let outcome: 'duress' | 'ordinary' = 'ordinary'
  for (const [messageId, word] of words) {
    if (!isSame(digest, digestOf(await proveWord(word, call.worker_id)))) continue
    await raiseDuress(deps, [callId, call], `message_${messageId}`)
    outcome = 'duress'
  }
  return outcome
}
