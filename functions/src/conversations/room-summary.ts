import { type Frame, frameOf } from '../streaming/frame.ts'
import type { LiveStream } from '../streaming/live-stream.ts'
import type { Summary } from '../summaries/schema.ts'

/** The live summary of one open conversation, as its readers are told of it. */
export interface RoomSummary {
  /** Takes in the one that stands now, and tells of it. */
  takeIn(summary: Summary | null): void
  /** Tells a reader who has just come. */
  begin(stream: Pick<LiveStream, 'send'>): void
}

export function createRoomSummary(send: (frame: Frame) => void): RoomSummary {
  let current: Frame | undefined
  return {
    takeIn(summary) {
      current = summary === null ? undefined : frameOf('summary', summary)
      if (current !== undefined) send(current)
    },
    begin(stream) {
      if (current !== undefined) stream.send(current)
    },
  }
}
