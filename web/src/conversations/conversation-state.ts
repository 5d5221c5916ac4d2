import type { ConversationEvents } from '@lifeline/functions/contract'
import type { Conversation, Message, Summary, UrgencyCause } from '@lifeline/functions/contract'
import type { z } from 'zod'
import { mergeMessages } from './messages.ts'
import { applySignal, NO_SIGNALS, type Signals } from './signals.ts'

type Events = { [Name in keyof typeof ConversationEvents]: z.infer<(typeof ConversationEvents)[Name]> }

/** What a stream or a snapshot may tell about a conversation. */
export type ConversationInput =
  | { [Name in keyof Events]: { event: Name; data: Events[Name] } }[keyof Events]
  | { event: 'snapshot'; data: Conversation }

/** A change of the call, shown as a quiet line between messages. */
export type CallNote = {
  id: string
  /** The message it stands after; `null` before all of them. */
  after: string | null
  /** When we learned of it, ms. */
  at: number
} & (
  | {
      kind: 'urgency'
      from: Conversation['urgency']
      to: Conversation['urgency']
      /** Unknown when it happened while the stream was away. */
      cause?: UrgencyCause
    }
  | { kind: 'holder'; from: string | null; to: string | null }
  | { kind: 'ended' }
)

export type CallFacts = Omit<Conversation, 'messages' | 'total_messages'>

export type ConversationState = {
  call: CallFacts
  messages: readonly Message[]
  notes: readonly CallNote[]
  /** Ids that came while we watched, with when (ms): they are highlighted for a moment. */
  arrivals: ReadonlyMap<string, number>
  signals: Signals
  /** What a model makes of it so far; `null` until there is one. */
  summary: Summary | null
}

/** The state after one event. `state` is `undefined` until the first whole conversation has come. */
export function applyConversationInput(
  state: ConversationState | undefined,
  input: ConversationInput,
  now: number,
): ConversationState | undefined {
  if (input.event === 'initial' || input.event === 'snapshot') {
    const { messages, total_messages: _, ...call } = input.data
    if (state === undefined || state.call.conversation_id !== call.conversation_id) {
      return {
        call,
        messages: mergeMessages([], messages),
        notes: [],
        arrivals: new Map(),
        signals: NO_SIGNALS,
        summary: null,
      }
    }
    return applyFacts(applyMessages(state, messages, now), call, now)
  }
  if (state === undefined || input.data.conversation_id !== state.call.conversation_id) return state
  switch (input.event) {
    case 'new_messages':
      return applyMessages(state, input.data.messages, now)
    case 'call_changed':
      return applyChange(state, input.data, now)
    case 'ended':
      return applyFacts(state, { ...state.call, status: 'ENDED' }, now)
    case 'seen':
    case 'typing':
    case 'presence':
      return { ...state, signals: applySignal(state.signals, input, now) }
    case 'check':
      // The board and the alarms tell of it.
      return state
    case 'summary':
      return { ...state, summary: input.data }
    default:
      return input satisfies never
  }
}

function applyMessages(
  state: ConversationState,
  incoming: readonly Message[],
  now: number,
): ConversationState {
  const messages = mergeMessages(state.messages, incoming)
  if (messages === state.messages) return state
  const known = new Set(state.messages.map(({ message_id }) => message_id))
  const arrivals = new Map(state.arrivals)
  for (const { message_id } of incoming) if (!known.has(message_id)) arrivals.set(message_id, now)
  return { ...state, messages, arrivals }
}

function applyChange(
  state: ConversationState,
  { urgency_cause, ...change }: Events['call_changed'],
  now: number,
): ConversationState {
  return applyFacts(state, { ...state.call, ...change }, now, urgency_cause)
}

function applyFacts(
  state: ConversationState,
  call: CallFacts,
  now: number,
  cause?: UrgencyCause,
): ConversationState {
  const before = state.call
  const place = { after: state.messages.at(-1)?.message_id ?? null, at: now }
  const notes: CallNote[] = []
  const add = (note: Pick<CallNote, 'kind'> & Record<string, unknown>) =>
    notes.push({ ...place, ...note, id: `${state.notes.length + notes.length}` } as CallNote)
  if (call.urgency !== before.urgency) {
    add({ kind: 'urgency', from: before.urgency, to: call.urgency, ...(cause && { cause }) })
  }
  if (call.admin_id !== before.admin_id) add({ kind: 'holder', from: before.admin_id, to: call.admin_id })
  if (call.status === 'ENDED' && before.status !== 'ENDED') add({ kind: 'ended' })
  return { ...state, call, notes: notes.length === 0 ? state.notes : [...state.notes, ...notes] }
}
