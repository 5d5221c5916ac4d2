import type { ConversationEvents, Message, SeenMark } from '@lifeline/functions/contract'
import type { z } from 'zod'

type EventData<Name extends keyof typeof ConversationEvents> = z.infer<(typeof ConversationEvents)[Name]>

/** What people do in a conversation besides writing. Times in ms, by the device's own clock. */
export type Signals = {
  /** The last message that each has seen, by uid. */
  seen: ReadonlyMap<string, SeenMark>
  /** Until when each is known to be writing, by uid. */
  typing: ReadonlyMap<string, number>
  /** When each one's device was last heard of, by uid. */
  contact: ReadonlyMap<string, number>
}

export const NO_SIGNALS: Signals = { seen: new Map(), typing: new Map(), contact: new Map() }

export type SignalInput =
  | { event: 'seen'; data: EventData<'seen'> }
  | { event: 'typing'; data: EventData<'typing'> }
  | { event: 'presence'; data: EventData<'presence'> }

/** The signals after one event that came at `now`. Ages are taken from the server: two clocks may differ. */
export function applySignal(signals: Signals, input: SignalInput, now: number): Signals {
  switch (input.event) {
    case 'seen': {
      const marks = input.data.marks.map((mark) => [mark.uid, mark] as const)
      return { ...signals, seen: new Map([...signals.seen, ...marks]) }
    }
    case 'typing': {
      const { uid, typing, expires_in_ms } = input.data
      const until = typing ? now + expires_in_ms : 0
      return { ...signals, typing: new Map([...signals.typing, [uid, until]]) }
    }
    case 'presence': {
      const { uid, age_ms } = input.data
      return { ...signals, contact: new Map([...signals.contact, [uid, now - age_ms]]) }
    }
    default:
      return input satisfies never
  }
}

/** The last of the messages that somebody's mark covers. */
export function findSeen(messages: readonly Message[], mark: SeenMark | undefined): Message | undefined {
  return mark && messages.findLast(({ message_id }) => message_id === mark.message_id)
}
