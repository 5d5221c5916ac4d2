import { z } from 'zod'
import { SocketAction } from './schema.ts'

/** What can be told of a message whether or not it is an action. */
const About = z.object({
  action: z.string().max(64).optional().catch(undefined),
  request_id: z.string().min(1).max(64).optional().catch(undefined),
  conversation_id: z.string().max(256).optional().catch(undefined),
})

export type ReadAction =
  | { readonly kind: 'action'; readonly action: SocketAction }
  /** `reason` names fields and never what was in them; `about` is what a client knows its message by. */
  | { readonly kind: 'malformed'; readonly reason: string; readonly about: object }

/** Reads one text message. Never throws, whatever it holds. */
export function readAction(text: string): ReadAction {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'malformed', reason: 'The message is not JSON', about: {} }
  }
  const parsed = SocketAction.safeParse(json)
  if (parsed.success) return { kind: 'action', action: parsed.data }
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
