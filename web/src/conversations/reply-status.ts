/**
 * How far one answer of the dispatcher has come, as a total table (STYLE 11). What the worker has seen is no state of
 * the answer: it follows from the worker's mark.
 */
export const REPLY_STATUSES = ['queued', 'sending', 'failed', 'sent'] as const
export type ReplyStatus = (typeof REPLY_STATUSES)[number]

/** `send`: handed to the server. `accept`: the server has it. `fail`: refused, or not answered. `resend`: asked for by hand. */
export type ReplySignal = 'send' | 'accept' | 'fail' | 'resend'

const NEXT: Record<ReplyStatus, Record<ReplySignal, ReplyStatus>> = {
  queued: { send: 'sending', accept: 'sent', fail: 'failed', resend: 'queued' },
  sending: { send: 'sending', accept: 'sent', fail: 'failed', resend: 'sending' },
  // An answer that was given up may still arrive: its key keeps it from arriving twice.
  failed: { send: 'failed', accept: 'sent', fail: 'failed', resend: 'queued' },
  sent: { send: 'sent', accept: 'sent', fail: 'sent', resend: 'sent' },
}

export function nextReplyStatus(status: ReplyStatus, signal: ReplySignal): ReplyStatus {
  return NEXT[status][signal]
}
