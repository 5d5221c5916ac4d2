import type { Firestore, QueryDocumentSnapshot } from 'firebase-admin/firestore'
import { digestOfJson } from '../platform/canonical-json.ts'
import { auditCollection, writersCollection } from './audit-log.ts'
import { ChainEnd } from './chain.ts'

/** Something in the log that is not as it was written. */
export type AuditFault =
  /** The entry does not have the digest that it names, or that the one behind it names. */
  | { fault: 'changed'; writer: string; id: string }
  /** The entries from one place in a chain to another are not there. */
  | { fault: 'missing'; writer: string; from: number; to: number }
  /** The same at the end of a chain. */
  | { fault: 'cut-off'; writer: string; from: number; to: number }
  /** Where the chain ends stands nowhere, so nobody can tell whether its end is there. */
  | { fault: 'no-end'; writer: string }

export interface AuditReport {
  chains: number
  entries: number
  faults: AuditFault[]
}

interface Link {
  id: string
  sequence: number
  previous: unknown
  digest: unknown
  isWhole: boolean
}

/**
 * Checks the chains of all processes: that every entry is there as it was written. May run while they write. Reads the
 * whole log, one document for each entry.
 *
 * @throws when Firestore does not answer.
 */
export async function verifyAudit(firestore: Firestore): Promise<AuditReport> {
  // The ends first: what is written meanwhile stands behind them.
  const { docs } = await writersCollection(firestore).get()
  const ends = new Map(docs.map((each) => [each.id, ChainEnd.parse(each.data())]))
  const chains = new Map<string, Link[]>([...ends.keys()].map((writer) => [writer, []]))
  let entries = 0
  const log = auditCollection(firestore).stream() as AsyncIterable<QueryDocumentSnapshot>
  for await (const document of log) {
    entries += 1
    const { digest, ...entry } = document.data()
    const writer = String(entry.writer)
    const chain = chains.get(writer) ?? []
    chains.set(writer, chain)
    chain.push({
      id: document.id,
      sequence: Number(entry.sequence),
      previous: entry.previous,
      digest,
      isWhole: digestOfJson(entry) === digest,
    })
  }
  const faults = [...chains].flatMap(([writer, chain]) => faultsOf(writer, chain, ends.get(writer)))
  return { chains: chains.size, entries, faults }
}

function faultsOf(writer: string, links: readonly Link[], end: ChainEnd | undefined): AuditFault[] {
  const chain = links.toSorted((a, b) => a.sequence - b.sequence)
  const changed = new Set(chain.filter(({ isWhole }) => !isWhole).map(({ id }) => id))
  const faults: AuditFault[] = []
  let last: Link | undefined
  for (const link of chain) {
    const expected = (last?.sequence ?? 0) + 1
    if (link.sequence > expected)
      faults.push({ fault: 'missing', writer, from: expected, to: link.sequence - 1 })
    // Written anew with a digest of its own, an entry still does not fit to the one behind it.
    else if (link.sequence < expected || link.previous !== (last?.digest ?? null))
      changed.add(last?.id ?? link.id)
    if (link.sequence === end?.sequence && link.digest !== end.digest) changed.add(link.id)
    last = link
  }
  for (const id of changed) faults.push({ fault: 'changed', writer, id })
  const reached = last?.sequence ?? 0
  if (end === undefined) faults.push({ fault: 'no-end', writer })
  else if (end.sequence > reached)
    faults.push({ fault: 'cut-off', writer, from: reached + 1, to: end.sequence })
  return faults
}
