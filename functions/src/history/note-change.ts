import type { AuditAction } from '../audit/schema.ts'
import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { AppError, HTTP_STATUS } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'

/**
 * Notes what somebody does, or tries, with what is said about a conversation (specs 3 and 4). It stands nowhere else, so
 * it is not reported as done before it is noted.
 *
 * @throws what `act` throws, and AppError `unavailable` when the log does not answer.
 */
export async function noteChange<T>(
  { audit }: Pick<Deps, 'audit'>,
  { uid, role, company_id }: Actor,
  { action, id }: { action: AuditAction; id: string | ((made: T) => string) },
  act: () => Promise<T>,
): Promise<T> {
  const event = (conversationId: string | null) => ({
    actor: { uid, role },
    action,
    company_id,
    conversation_id: Id.safeParse(conversationId).data ?? null,
    call_id: null,
  })
  let made: T
  try {
    made = await act()
  } catch (error) {
    const isRefused = error instanceof AppError && HTTP_STATUS[error.code] < 500
    if (isRefused) {
      const named = typeof id === 'string' ? id : null
      audit.record({ ...event(named), outcome: 'denied', reason: error.code })
    }
    throw error
  }
  await audit.commit({ ...event(typeof id === 'string' ? id : id(made)), outcome: 'done' })
  return made
}
