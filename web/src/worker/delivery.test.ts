import { describe, expect, test } from 'vitest'
import { DELIVERY_STATUSES, nextDelivery, type DeliverySignal, type DeliveryStatus } from './delivery.ts'

const SIGNALS: readonly DeliverySignal[] = ['start', 'acknowledged', 'denied', 'found', 'missing', 'failed']

/** Written out by hand, one row a status, in the order of SIGNALS. */
const TABLE: Record<DeliveryStatus, readonly DeliveryStatus[]> = {
  queued: ['sending', 'sent', 'queued', 'sent', 'queued', 'queued'],
  sending: ['sending', 'sent', 'checking', 'sending', 'sending', 'queued'],
  checking: ['checking', 'checking', 'checking', 'sent', 'refused', 'queued'],
  sent: ['sent', 'sent', 'sent', 'sent', 'sent', 'sent'],
  refused: ['refused', 'refused', 'refused', 'refused', 'refused', 'refused'],
}

describe('the delivery of a write', () => {
  for (const status of DELIVERY_STATUSES) {
    test.each(SIGNALS.map((signal, index) => [signal, TABLE[status][index]] as const))(
      `that is ${status} becomes, on %s, %s`,
      (signal, expected) => {
        expect(nextDelivery(status, signal)).toBe(expected)
      },
    )
  }

  test('is refused only after it was looked for', () => {
    for (const status of DELIVERY_STATUSES.filter((each) => each !== 'checking' && each !== 'refused')) {
      for (const signal of SIGNALS) expect(nextDelivery(status, signal)).not.toBe('refused')
    }
  })
})
