import type { Deps } from '../deps.ts'

/** As stored: who is at it, until when at most (ms), and whether somebody else wanted to be. */
interface Work {
  by: string
  until: number
  again?: true
}

/** Longer than the queues give: whoever is at it for longer has died. */
const LEASE_MS = 150_000

/**
 * Begins work of which there may be one at a time; false when another is at it, who is then asked to look again.
 *
 * @param work where in the Realtime Database is noted who is at it, e.g. `summary_work/{conversation_id}`
 * @param by a name that nobody else has
 */
export async function begin(
  deps: Pick<Deps, 'transactions' | 'clock'>,
  work: string,
  by: string,
): Promise<boolean> {
  const now = deps.clock.now()
  let isMine = false
  await deps.transactions.ref(work).transaction(
    (noted: Work | null): Work => {
      isMine = noted === null || noted.until <= now || noted.by === by
      return isMine || noted === null ? { by, until: now + LEASE_MS } : { ...noted, again: true }
    },
    undefined,
    false,
  )
  return isMine
}

/** Ends it; true when somebody wanted another one in the meantime. */
export async function finish(deps: Pick<Deps, 'transactions'>, work: string, by: string): Promise<boolean> {
  let wanted = false
  await deps.transactions.ref(work).transaction(
    (noted: Work | null) => {
      const isMine = noted?.by === by
      wanted = isMine && noted.again === true
      return isMine ? null : noted
    },
    undefined,
    false,
  )
  return wanted
}
