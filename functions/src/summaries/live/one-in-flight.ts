import type { Deps } from '../../deps.ts'

/** `summary_work/{conversation_id}`: who is at it, until when at most (ms), and whether somebody else wanted to be. */
interface Work {
  by: string
  until: number
  again?: true
}

/** Longer than any summary may take: whoever is at it for longer has died. */
const LEASE_MS = 150_000

const workOf = ({ transactions }: Pick<Deps, 'transactions'>, conversationId: string) =>
  transactions.ref(`summary_work/${conversationId}`)

/** Begins work on a conversation's summary; false when another is at it, who is then asked to look again. */
export async function begin(
  deps: Pick<Deps, 'transactions' | 'clock'>,
  conversationId: string,
  by: string,
): Promise<boolean> {
  const now = deps.clock.now()
  let isMine = false
  await workOf(deps, conversationId).transaction(
    (work: Work | null): Work => {
      isMine = work === null || work.until <= now || work.by === by
      return isMine || work === null ? { by, until: now + LEASE_MS } : { ...work, again: true }
    },
    undefined,
    false,
  )
  return isMine
}

/** Ends it; true when somebody wanted another one in the meantime. */
export async function finish(
  deps: Pick<Deps, 'transactions'>,
  conversationId: string,
  by: string,
): Promise<boolean> {
  let wanted = false
  await workOf(deps, conversationId).transaction(
    (work: Work | null) => {
      const isMine = work?.by === by
      wanted = isMine && work.again === true
      return isMine ? null : work
    },
    undefined,
    false,
  )
  return wanted
}
