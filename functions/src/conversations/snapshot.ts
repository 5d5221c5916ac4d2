import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { readArchivedMessages } from './archive.ts'
import { authorize, unknownConversation } from './authorize.ts'
import { describe } from './conversation-frames.ts'
import type { Live } from './live.ts'
import type { GetConversationResponse } from './schema.ts'
import { readMessages } from './store.ts'

/**
 * The whole conversation as it is now (spec 1 "Get Conversation Snapshot"), also after its call has ended
 * and it was archived.
 *
 * @throws AppError as `authorize` does.
 */
export async function readConversation(
  deps: Deps,
  { directory }: Pick<Live, 'directory'>,
  actor: Actor,
  id: string,
): Promise<GetConversationResponse> {
  const judge = () => authorize({ ...deps, directory }, actor, id, 'read')
  const found = await judge()
  const active = found.archived ? undefined : await readMessages(deps, found.conversationId)
  // It may have been archived since we looked for it; then the archive is judged, for it may be another call's.
  const authorized = active || found.archived ? found : await judge()
  if (!active && !authorized.archived) throw unknownConversation()
  const messages = active ?? (await readArchivedMessages(deps, authorized.conversationId))
  return {
    success: true,
    conversation: {
      ...describe(authorized),
      messages: messages.map(({ message }) => message),
      total_messages: messages.length,
      admin_id: authorized.call.admin_id,
    },
  }
}
