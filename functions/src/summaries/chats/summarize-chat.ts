import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type ChatRecord, readRecord } from '../../chats/chat-record.ts'
import { knowUser } from '../../chats/know-user.ts'
import { readMessagesBetween } from '../../chats/read-chat.ts'
import { isChatKey } from '../../chats/schema.ts'
import type { Directory } from '../../conversations/directory.ts'
import type { Deps } from '../../deps.ts'
import type { TranscriptMessage } from '../../models/offline/transcript.ts'
import { defineTask } from '../../tasks/task.ts'
import { SummaryType } from '../schema.ts'
import { summarize } from '../summarize.ts'
import { askForSummary } from './ask.ts'
import { type Made, type Wanted, chatSummaryDocument, contentOf } from './record.ts'
import { LEASE_MS, claimSummary, finishSummary, renewClaim } from './work.ts'

export type ChatSummaryDeps = Pick<
  Deps,
  'writes' | 'firestore' | 'tasks' | 'clock' | 'log' | 'shutdown' | 'model'
> & { directory: Directory }

/** Messages read at once. */
const PAGE = 500
/** Of the time that a task may take; what is left is for reading and writing, ms. */
const MODEL_MS = 80_000

/** Makes the summary of a chat. Delivered twice, late, or after another has done it, it costs nothing. */
export const summarizeChat = defineTask({
  queue: 'summarizeChat',
  data: z.object({
    chat_key: z.string().refine(isChatKey),
    summary_type: SummaryType,
    count: z.int().positive(),
  }),
  run: async (deps: ChatSummaryDeps, { chat_key: key, summary_type: type, count }, { log }) => {
    const chat = await readRecord(deps, key)
    if (chat === undefined) {
      await chatSummaryDocument(deps.firestore, { key, type }).delete()
      log.info({ chatKey: key, type }, 'chat gone before its summary')
      return
    }
    const by = randomUUID()
    // What came after it was asked for is summarized with it.
    const wanted: Wanted = { key, type, chat }
    const claim = await claimSummary(deps, wanted, { by, count: Math.min(count, chat.count) })
    if (claim.kind === 'done') return
    if (claim.kind === 'busy') {
      // They may have been killed: tried again, this finds a summary, or that nobody is at it any more.
      if (claim.isEnough) throw new Error('somebody else is at this summary')
      return
    }
    const made = await makeSummary(deps, wanted, chat, { by, before: claim.before })
    const isBehind = await finishSummary(deps, wanted, by, made)
    log.info({ chatKey: key, type, model: made.model, covers: made.covers_count }, 'chat summary written')
    const now = await readRecord(deps, key)
    // Deleted between our first look and our claim.
    if (now === undefined) await chatSummaryDocument(deps.firestore, { key, type }).delete()
    else if (isBehind) await askForSummary(deps, { key, type, chat: now })
  },
})

async function makeSummary(
  deps: ChatSummaryDeps,
  wanted: Wanted,
  chat: ChatRecord,
  { by, before }: { by: string; before: Made | null },
): Promise<Made> {
  const { clock, log, shutdown: signal } = deps
  const { key, type } = wanted
  const stopRenewing = clock.every(LEASE_MS / 3, () => {
    renewClaim(deps, wanted, by).catch((error: unknown) =>
      log.warn({ chatKey: key, err: error }, 'claim of a summary not renewed'),
    )
  })
  try {
    const transcript = await readChatTranscript(deps, key, chat)
    const earlier = before === null ? undefined : { content: contentOf(before), count: before.covers_count }
    const answer = await summarize(deps, transcript, { type, earlier, signal, deadlineMs: MODEL_MS })
    return {
      content: JSON.stringify(answer.output),
      model: answer.model,
      is_fallback: answer.isFallback,
      covers_up_to: transcript.at(-1)?.message_id ?? '',
      covers_count: chat.count,
      generated_at: clock.now(),
    }
  } catch (error) {
    await finishSummary(deps, wanted, by, null)
    throw error
  } finally {
    stopRenewing()
  }
}

/** All that the chat has held at the time of its record; whoever is known by name is called by it. */
async function readChatTranscript(
  deps: Pick<ChatSummaryDeps, 'writes' | 'firestore' | 'clock' | 'directory'>,
  key: string,
  chat: ChatRecord,
): Promise<TranscriptMessage[]> {
  const known = await Promise.all(chat.users.map((id) => knowUser(deps.directory, chat.company_id, id)))
  const names = new Map(known.map(({ id, name }) => [id, name]))
  const transcript: TranscriptMessage[] = []
  for (let from = 0; from < chat.count; from += PAGE) {
    const range = { from, to: Math.min(from + PAGE, chat.count) }
    for (const { message_id, user_id, content } of await readMessagesBetween(deps, key, range, chat)) {
      transcript.push({ message_id, speaker: names.get(user_id) ?? user_id, role: 'user', content })
    }
  }
  return transcript
}
