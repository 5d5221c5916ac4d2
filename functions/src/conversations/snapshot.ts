import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { authorize, unknownConversation } from './authorize.ts'
import { describe } from './conversation-frames.ts'
import type { Live } from './live.ts'
import type { GetConversationResponse } from './schema.ts'
import { readMessages } from './store.ts'

/**
 * The whole conversation as it is now (spec 1 "Get Conversation Snapshot"), also after its call has ended.
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
  const messages = await readMessages(deps, authorized.conversationId)
  if (messages === undefined) throw unknownConversation()
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
