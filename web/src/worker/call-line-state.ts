import type { CheckRecord } from '@lifeline/functions/contract'
import type { SignalPort } from './call-signals.ts'
import type { FeedMessage } from './feed.ts'
import type { OpenCall } from './open-call.ts'
import type { OutboxEntry } from './outbox.ts'
import type { WritePort } from './sender.ts'
import type { Place } from './signals.ts'
import type { UploadStates } from './uploader.ts'

/** The database as one worker may use it. Watchers return how to stop them. */
export type CallDatabase = WritePort &
  SignalPort & {
    watchConnected: (listener: (isConnected: boolean) => void) => () => void
    /** The worker's own calls by id, as stored. */
    watchCalls: (uid: string, listener: (calls: unknown) => void) => () => void
    /** The messages of one's own existing conversation; `onRefused` when they may not be read any more. */
    watchMessages: (
      conversationId: string,
      listener: (messages: unknown) => void,
      onRefused: () => void,
    ) => () => void
  }

export type CallLineState = {
  isConnected: boolean
  /** Whether it is known if a call of this worker is active. */
  hasLooked: boolean
  call: OpenCall | undefined
  /** What the database has of the conversation, in order. */
  stored: readonly FeedMessage[]
  /** Whether new messages of others still reach us. */
  isReadable: boolean
  outbox: readonly OutboxEntry[]
  /** How far media of messages in the outbox have come. */
  uploads: UploadStates
  /** Why a photo or a recording could not even be kept. */
  mediaProblem: string | null
  /** The furthest that a dispatcher has seen. */
  seen: Place | null
  /** Until when a dispatcher is known to be writing, ms. */
  typingUntil: number
  /** The question whether the worker is OK, as the server has it. */
  check: CheckRecord | null
  /** Whether what waits survives leaving the page. */
  isDurable: boolean
}
