/**
 * How far one write of the worker has come, as a total table (STYLE 11). Only `queued` and `refused` outlive the page;
 * what was under way when it closed is queued again, and ids chosen at the start keep that from doubling anything.
 */

export const DELIVERY_STATUSES = ['queued', 'sending', 'checking', 'sent', 'refused'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/**
 * - `start`: handed to the database. `acknowledged`: the database has it. `denied`: the rules refused it.
 * - `found` / `missing`: whether a refused write turned out to be there already. `failed`: not decided, try again.
 * - `retried`: wanted once more after a refusal.
 */
export type DeliverySignal = 'start' | 'acknowledged' | 'denied' | 'found' | 'missing' | 'failed' | 'retried'

const stay = (status: DeliveryStatus): Record<DeliverySignal, DeliveryStatus> => ({
  start: status,
  acknowledged: status,
  denied: status,
  found: status,
  missing: status,
  failed: status,
  retried: status,
})

const NEXT: Record<DeliveryStatus, Record<DeliverySignal, DeliveryStatus>> = {
  // Another tab, or this one before a reload, may have delivered it meanwhile.
  queued: { ...stay('queued'), start: 'sending', acknowledged: 'sent', found: 'sent' },
  // Messages are write-once, so a refusal may mean that an earlier try arrived and only its answer was lost.
  sending: { ...stay('sending'), acknowledged: 'sent', denied: 'checking', failed: 'queued' },
  checking: { ...stay('checking'), found: 'sent', missing: 'refused', failed: 'queued' },
  sent: stay('sent'),
  // The worker wants it tried once more.
  refused: { ...stay('refused'), retried: 'queued' },
}

export function nextDelivery(status: DeliveryStatus, signal: DeliverySignal): DeliveryStatus {
  return NEXT[status][signal]
}
