import type { AuditAction, AuditOutcome } from '@lifeline/functions/contract'

/** What somebody did, or tried, behind their name. */
export const ACTION_WORDS: Record<AuditAction, string> = {
  'conversation.read': 'read a conversation',
  'conversation.stream': 'followed a conversation',
  'conversation.subscribe': 'followed a conversation by socket',
  'conversation.timeline': 'read what happened to a call',
  'conversation.search': 'found a conversation by searching',
  'conversation.list': 'found a chat among a person’s',
  'conversation.export': 'exported a conversation',
  'conversation.summary': 'read a summary',
  'conversation.insights': 'read insights',
  'conversation.create': 'created a conversation',
  'conversation.change': 'changed what is said about a conversation',
  'conversation.delete': 'deleted a conversation',
  'insights.change': 'changed insights',
  'conversation.seen': 'marked messages as seen',
  'conversation.typing': 'showed that they are writing',
  'media.read': 'opened an attachment',
  'media.upload': 'uploaded an attachment',
  'message.send': 'sent a message',
  'call.take-over': 'took a call over',
  'call.release': 'handed a call back',
  'call.end': 'ended a call',
  'call.set-urgency': 'changed the urgency',
  'call.raise-urgency': 'raised the urgency by the worker’s words',
  'call.lose-holder': 'gave back the call of a lost holder',
  'call.transfer': 'offered a call to somebody',
  'call.accept-transfer': 'accepted a call',
  'call.decline-transfer': 'ended the offer of a call',
  'call.lapse-transfer': 'let an offer lapse',
  'alarm.read': 'read alarms',
  'alarm.raise': 'raised an alarm',
  'alarm.acknowledge': 'acknowledged an alarm',
  'alarm.close': 'closed an alarm',
  'procedure.change': 'changed a procedure of the assistant',
  'audit.read': 'read the audit log',
}

export const OUTCOME_WORDS: Record<AuditOutcome, string> = {
  allowed: 'Shown',
  done: 'Done',
  denied: 'Denied',
}

const REASONS: Readonly<Record<string, string>> = {
  'not-found': 'no such conversation',
  'not-an-admin': 'not an admin',
  'not-a-manager': 'not a manager',
  'held-by-another': 'somebody else holds it',
  'already-held': 'somebody else holds it',
  'not-the-holder': 'not the holder',
  'stale-lease': 'it had changed hands',
  'not-offered': 'not offered to them',
  'not-a-member': 'has not written in it',
  'another-user': 'somebody else’s chats',
  ended: 'it had ended',
}

export const reasonInWords = (reason: string): string => REASONS[reason] ?? reason
