import { describe, expect, test } from 'vitest'
import { nextReplyStatus, REPLY_STATUSES, type ReplySignal, type ReplyStatus } from './reply-status.ts'

const SIGNALS: readonly ReplySignal[] = ['send', 'accept', 'fail', 'resend']

/** Written out by hand, one row a status, in the order of SIGNALS. */
const TABLE: Record<ReplyStatus, readonly ReplyStatus[]> = {
  queued: ['sending', 'sent', 'failed', 'queued'],
  sending: ['sending', 'sent', 'failed', 'sending'],
  failed: ['failed', 'sent', 'failed', 'queued'],
  sent: ['sent', 'sent', 'sent', 'sent'],
}

describe('an answer', () => {
  for (const status of REPLY_STATUSES) {
    test.each(SIGNALS.map((signal, index) => [signal, TABLE[status][index]] as const))(
      `that is ${status} becomes, on %s, %s`,
      (signal, expected) => {
        expect(nextReplyStatus(status, signal)).toBe(expected)
      },
    )
  }
})
