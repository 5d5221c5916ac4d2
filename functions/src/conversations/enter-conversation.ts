import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import type { LiveStream } from '../streaming/live-stream.ts'
import { readArchivedMessages } from './archive.ts'
import { type AuthorizeOptions, type Authorized, authorize, refuseUnlessAllowed } from './authorize.ts'
import { endedFrame, initialFrame } from './conversation-frames.ts'
import { parseCursor } from './cursor.ts'
import type { Live } from './live.ts'
import { createMessageLog } from './message-log.ts'
import { noteAccess } from './note-access.ts'

type EnterDeps = Pick<Deps, 'database' | 'firestore' | 'clock' | 'log' | 'audit'>

export interface Entrant extends AuthorizeOptions {
  actor: Actor
  /** The id of the last event that they have. */
  lastEventId: string | undefined
  /** Aborts when they have left. */
  signal: AbortSignal
}

/**
 * Lets somebody into the live view of a conversation, by whatever carries their stream; of an archived one all is told at
 * once. `open` is called only when they may enter.
 *
 * @throws AppError as `authorize` does.
 */
export async function enterConversation(
  deps: EnterDeps,
  { directory, rooms }: Pick<Live, 'directory' | 'rooms'>,
  { actor, lastEventId, signal, ...options }: Entrant,
  id: string,
  open: (conversationId: string) => LiveStream,
): Promise<void> {
  const judge = () => authorize({ ...deps, directory }, actor, id, 'read', options)
  // Only who may read opens the room, for that loads the whole conversation.
  const found = await judge()
  if (found.archived) return tellArchived(deps, found, open)
  const { conversationId } = found
  try {
    const room = await rooms.join(conversationId, signal)
    const decision = await room.enter(actor, parseCursor(lastEventId), () => open(conversationId))
    if (decision !== 'allow') {
      const { as: action = 'conversation.read' } = options
      noteAccess(deps.audit, { viewer: actor, action, conversationId, callId: found.callId, decision })
    }
    refuseUnlessAllowed(decision)
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'not-found')) throw error
    // It may have been archived since we looked for it; if it is just gone, this says so.
    const now = await judge()
    if (!now.archived) throw error
    await tellArchived(deps, now, open)
  }
}

/** What ended long ago is told at once: all of it, and that it has ended. */
async function tellArchived(
  deps: EnterDeps,
  found: Authorized,
  open: (conversationId: string) => LiveStream,
): Promise<void> {
  const { conversationId } = found
  const log = createMessageLog()
  log.add(await readArchivedMessages(deps, conversationId))
  const stream = open(conversationId)
  stream.replay(initialFrame(found, log))
  stream.end(endedFrame(conversationId))
}
