import { z } from 'zod'
import type { ReadMessage } from '../../streaming/action-socket.ts'
import { SocketAction } from './schema.ts'

/** What can be told of a message whether or not it is an action. */
const About = z.object({
  action: z.string().max(64).optional().catch(undefined),
  request_id: z.string().min(1).max(64).optional().catch(undefined),
  conversation_id: z.string().max(256).optional().catch(undefined),
})

/** Reads one text message. Never throws, whatever it holds. */
export function readAction(text: string): ReadMessage<Exclude<SocketAction, { action: 'authenticate' }>> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'malformed', reason: 'The message is not JSON', about: {} }
  }
  const parsed = SocketAction.safeParse(json)
  if (parsed.success) {
    const action = parsed.data
    const { request_id } = action
    if (action.action === 'authenticate')
      return { kind: 'authenticate', token: action.token, requestId: request_id }
    const about = {
      action: action.action,
      ...(request_id !== undefined && { request_id }),
      conversation_id: action.conversation_id,
    }
    return { kind: 'action', action, about }
  }
  const reason = parsed.error.issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`))
    .join('; ')
  const about = About.safeParse(json).data ?? {}
  return {
    kind: 'malformed',
    reason,
    about: Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined)),
  }
}
