import { CallRecord, Id, Urgency } from '@lifeline/functions/contract'
import { z } from 'zod'
import { FeedMessage } from './feed.ts'
import type { OutboxEntry, OutboxStorage } from './outbox.ts'

/**
 * The call that is on the screen. `starting`: not with the server yet. `ending`: its worker has ended it, and the server
 * does not know yet. `refused`: the server will not have it.
 */
export const OpenCall = z.object({
  call_id: Id,
  conversation_id: Id,
  urgency: Urgency,
  phase: z.enum(['starting', 'active', 'ending', 'ended', 'refused']),
  admin_id: Id.nullable(),
})
export type OpenCall = z.infer<typeof OpenCall>

/** Our calls by id, as stored. */
export type OwnCalls = ReadonlyMap<string, CallRecord>

/** Reads the worker's own calls; what does not parse is left out. */
export function readCalls(node: unknown): OwnCalls {
  if (typeof node !== 'object' || node === null) return new Map()
  return new Map(
    Object.entries(node).flatMap(([id, value]) => {
      const parsed = CallRecord.safeParse(value)
      return parsed.success ? [[id, parsed.data] as const] : []
    }),
  )
}

/**
 * Which call is on the screen: the one that was, as it stands now; else one that waits to be sent; else the newest
 * active one. `calls` is `undefined` until the server has answered.
 */
export function findCall(
  shown: OpenCall | undefined,
  calls: OwnCalls | undefined,
  outbox: readonly OutboxEntry[],
): OpenCall | undefined {
  const call = findStanding(shown, calls, outbox)
  // The SDK shows the end as if it were stored; only the outbox knows.
  return call !== undefined && call.phase !== 'refused' && isEnding(call.call_id, outbox)
    ? { ...call, phase: 'ending' }
    : call
}

/** Whether the worker has ended the call and the server does not have it yet. */
function isEnding(callId: string, outbox: readonly OutboxEntry[]): boolean {
  return outbox.some(
    ({ write, status }) =>
      write.kind === 'end' && write.call_id === callId && status !== 'sent' && status !== 'refused',
  )
}

function findStanding(
  shown: OpenCall | undefined,
  calls: OwnCalls | undefined,
  outbox: readonly OutboxEntry[],
): OpenCall | undefined {
  if (shown !== undefined) {
    const start = startOf(shown.call_id, outbox)
    const known = describeStart(start) ?? describeRecord(shown.call_id, calls)
    // As the worker has chosen it: that others judge the call more urgent is not for whoever else looks at this screen.
    if (known !== undefined) return { ...known, urgency: shown.urgency }
    // The list of calls may come a little later than the answer to the write.
    if (shown.phase === 'starting' && start !== undefined) return { ...shown, phase: 'active' }
    if (shown.phase === 'active' || shown.phase === 'ending' || shown.phase === 'ended') {
      if (calls !== undefined) return { ...shown, phase: 'ended' }
      return shown.phase === 'ending' ? { ...shown, phase: 'active' } : shown
    }
  }
  const waiting = outbox.findLast(({ write, status }) => write.kind === 'call' && status !== 'sent')
  if (waiting !== undefined) return describeStart(waiting)
  const active = [...(calls ?? [])].filter(([, call]) => isGoingOn(call))
  const [newest] = active.toSorted(([, a], [, b]) => (b.started_at ?? 0) - (a.started_at ?? 0))
  return newest && describeRecord(newest[0], calls)
}

/** Whether the server has the call, so that its conversation may be read. */
export function isStored({ call_id, phase }: OpenCall, outbox: readonly OutboxEntry[]): boolean {
  if (phase === 'starting' || phase === 'refused') return false
  const start = startOf(call_id, outbox)
  return start === undefined || start.status === 'sent'
}

function startOf(callId: string, outbox: readonly OutboxEntry[]): OutboxEntry | undefined {
  return outbox.find(({ write }) => write.kind === 'call' && write.call_id === callId)
}

/** A call that the server does not have; `undefined` for one that it has. */
function describeStart(start: OutboxEntry | undefined): OpenCall | undefined {
  if (start?.write.kind !== 'call' || start.status === 'sent') return undefined
  const { call_id, conversation_id, urgency } = start.write
  const phase = start.status === 'refused' ? 'refused' : 'starting'
  return { call_id, conversation_id, urgency, phase, admin_id: null }
}

function describeRecord(callId: string, calls: OwnCalls | undefined): OpenCall | undefined {
  const record = calls?.get(callId)
  if (record === undefined) return undefined
  const { conversation_id, urgency, admin_id } = record
  return {
    call_id: callId,
    conversation_id,
    urgency,
    admin_id,
    phase: isGoingOn(record) ? 'active' : 'ended',
  }
}

/** A call that its worker has ended with a word is over for this page, whatever the server makes of the word. */
const isGoingOn = ({ status, end_asked }: CallRecord): boolean =>
  status === 'ACTIVE' && end_asked === undefined

const Kept = z.object({ call: OpenCall, stored: z.array(FeedMessage) })
type Kept = z.infer<typeof Kept>

/** The newest messages that are kept; an instruction from before a reload may save a life. */
const KEPT_MESSAGES = 200

/** Keeps the call and what was said on the device, so that both are there after a reload without a network. */
export class CallKeeper {
  readonly #storage: OutboxStorage
  readonly #key: string

  constructor(storage: OutboxStorage, uid: string) {
    this.#storage = storage
    this.#key = `lifeline-call/${uid}`
  }

  load(): Kept | undefined {
    const text = this.#storage.getItem(this.#key)
    if (text === null) return undefined
    try {
      return Kept.safeParse(JSON.parse(text)).data
    } catch {
      return undefined
    }
  }

  save(call: OpenCall | undefined, stored: readonly FeedMessage[]): void {
    if (call === undefined) return this.#storage.removeItem(this.#key)
    const kept: Kept = { call, stored: stored.slice(-KEPT_MESSAGES) }
    try {
      this.#storage.setItem(this.#key, JSON.stringify(kept))
    } catch {
      // No room for the copy. The server has all of it; only a reload without a network shows less.
      this.#storage.removeItem(this.#key)
    }
  }
}
