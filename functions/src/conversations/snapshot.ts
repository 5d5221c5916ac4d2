import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { readArchivedCallOf, readArchivedMessages } from './archive.ts'
import { authorize, unknownConversation } from './authorize.ts'
import { describe } from './conversation-frames.ts'
import type { Live } from './live.ts'
import type { GetConversationResponse } from './schema.ts'
import type { ReadMessage } from './read-message.ts'
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
  const authorized = await authorize({ ...deps, directory }, actor, id, 'read')
  const { conversationId } = authorized
  // It may have been archived since we looked for it.
  const active = authorized.archived ? undefined : await readMessages(deps, conversationId)
  const messages = active ?? (await readArchivedOf(deps, conversationId))
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

async function readArchivedOf(deps: Deps, conversationId: string): Promise<ReadMessage[]> {
  if ((await readArchivedCallOf(deps, conversationId)) === undefined) throw unknownConversation()
  return await readArchivedMessages(deps, conversationId)
}
