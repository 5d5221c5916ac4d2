import type { Actor } from '../../auth/actor.ts'
import { findChat } from '../../chats/find-chat.ts'
import { chatViewer } from '../../chats/policy.ts'
import { readArchivedCallOf } from '../../conversations/archive.ts'
import { authorize } from '../../conversations/authorize.ts'
import { enterConversation } from '../../conversations/enter-conversation.ts'
import type { Live } from '../../conversations/live.ts'
import { decideBoard } from '../../conversations/policy.ts'
import { readCallOf } from '../../conversations/store.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../platform/errors.ts'
import { Id } from '../../platform/schema.ts'
import type { LiveStream } from '../../streaming/live-stream.ts'
import { readFinalSummary } from '../read-summary.ts'
import type { SummaryFeeds } from './feeds.ts'
import { callSummaryFrame, summariesOnly } from './summaries-only.ts'
import { summaryEndedFrame, watchingFrame } from './summary-frames.ts'

type EnterDeps = Pick<Deps, 'database' | 'writes' | 'firestore' | 'clock' | 'log' | 'audit'>

export interface SummaryReader {
  /** Null: without a token, in the sandbox. */
  actor: Actor | null
  lastEventId: string | undefined
  /** Aborts when they have left. */
  signal: AbortSignal
}

/**
 * Lets somebody follow the summary of a conversation, be it an emergency call's or a chat. Of two with the same id an
 * admin gets the call. `open` is called only when they may.
 *
 * @throws AppError as `authorize` does for a call, as `findChat` does for a chat.
 */
export async function enterSummary(
  deps: EnterDeps,
  live: Pick<Live, 'directory' | 'rooms'>,
  feeds: SummaryFeeds,
  reader: SummaryReader,
  id: string,
  open: (conversationId: string) => LiveStream,
): Promise<void> {
  const { actor, lastEventId, signal } = reader
  if (actor !== null && decideBoard(actor) === 'allow' && Id.safeParse(id).success) {
    const isCall = await enterCall(deps, live, { ...reader, actor }, id, open)
    if (isCall) return
  }
  const viewer = chatViewer(actor)
  const { key } = await findChat(deps, viewer, id, 'conversation.summary')
  const room = await feeds.rooms.join(key, signal)
  room.enter(viewer, lastEventId, open)
}

/** False: to this caller there is no such call. */
async function enterCall(
  deps: EnterDeps,
  live: Pick<Live, 'directory' | 'rooms'>,
  { actor, lastEventId, signal }: SummaryReader & { actor: Actor },
  id: string,
  open: (conversationId: string) => LiveStream,
): Promise<boolean> {
  const options = { strangers: 'learn-nothing', as: 'conversation.summary' } as const
  const begin = (): LiveStream => {
    const stream = open(id)
    stream.send(watchingFrame({ conversation_id: id, kind: 'call' }))
    return stream
  }
  try {
    if ((await readCallOf(deps, id)) !== undefined) {
      const entrant = { actor, lastEventId: undefined, signal, ...options }
      await enterConversation(deps, live, entrant, id, () => summariesOnly(begin(), lastEventId))
      return true
    }
    if ((await readArchivedCallOf(deps, id)) === undefined) return false
    await authorize({ ...deps, ...live }, actor, id, 'read', options)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return false
    throw error
  }
  const final = await readFinalSummary(deps, id)
  const stream = begin()
  const frame = final && callSummaryFrame(final)
  if (frame !== null && frame.id !== lastEventId) stream.send(frame)
  stream.end(summaryEndedFrame(id))
  return true
}
