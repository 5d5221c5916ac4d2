import type { Actor } from '../auth/actor.ts'
import type { Role } from '../auth/schema.ts'

/** The company of callers without a token (DESIGN 3); `~` stands in no real company's id. */
const SANDBOX_COMPANY = '~anonymous'

/** Whoever asks for chats: somebody with a token, or anybody at all within the sandbox. */
export type ChatViewer = Pick<Actor, 'uid' | 'company_id'> & { readonly role: Role | 'anonymous' }

export const chatViewer = (actor: Actor | null): ChatViewer =>
  actor ?? { uid: '~anonymous', role: 'anonymous', company_id: SANDBOX_COMPANY }

/** A chat as far as access goes; `users`: whose messages it holds. */
export interface ChatSubject {
  readonly company_id: string
  readonly users: readonly string[]
}

/**
 * May this caller read the chat, or add to it? Whoever works for a company sees all of its chats, as they see its calls
 * that nobody holds; a worker only those with messages of their own; the sandbox belongs to everybody without a token,
 * and to nobody else.
 */
export function decideChat(
  viewer: ChatViewer,
  chat: ChatSubject,
): 'allow' | 'other-company' | 'not-a-member' {
  if (chat.company_id !== viewer.company_id) return 'other-company'
  if (viewer.role !== 'worker') return 'allow'
  return chat.users.includes(viewer.uid) ? 'allow' : 'not-a-member'
}

/**
 * May this caller delete the chat? Who wrote in it and works for its company, and the company's managers. What somebody
 * from outside or a worker wrote is not theirs to take away, and the sandbox has nobody to ask.
 */
export function decideDelete(
  viewer: ChatViewer,
  chat: ChatSubject,
): 'allow' | 'other-company' | 'not-a-member' {
  if (chat.company_id !== viewer.company_id) return 'other-company'
  if (viewer.role === 'manager') return 'allow'
  const isStaff = viewer.role === 'agent' || viewer.role === 'admin'
  return isStaff && chat.users.includes(viewer.uid) ? 'allow' : 'not-a-member'
}

/** May this caller store messages, or list the chats, of this user of their own company? */
export const decideUser = (viewer: ChatViewer, userId: string): 'allow' | 'another-user' =>
  viewer.role === 'worker' && viewer.uid !== userId ? 'another-user' : 'allow'
