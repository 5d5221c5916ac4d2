import { type Frame } from '../../streaming/frame.ts'
import type { LiveStream } from '../../streaming/live-stream.ts'
import { Summary } from '../schema.ts'
import { summaryBody } from '../summary-body.ts'
import { summaryFrame } from './summary-frames.ts'

/** Each summary of a call in the form of a chat's, made once for all who watch. */
const converted = new WeakMap<Frame, Frame>()

/** A summary of a call as spec 2 shows summaries. */
export function callSummaryFrame(summary: Summary): Frame {
  const { lines, done, open_questions, action_items, sentiment, keywords, generated_at, ...rest } = summary
  const content = { lines, done, open_questions, action_items, sentiment, keywords }
  return summaryFrame(summaryBody({ ...rest, content, generated_at: Date.parse(generated_at) }, 'brief'))
}

function convert(frame: Frame): Frame {
  const made = converted.get(frame) ?? callSummaryFrame(Summary.parse(JSON.parse(frame.json)))
  converted.set(frame, made)
  return made
}

/** Of all that a call's room tells the part that is about its summary, and the end. */
export function summariesOnly(stream: LiveStream, lastEventId: string | undefined): LiveStream {
  return {
    ...stream,
    send(frame) {
      if (frame.event !== 'summary') return
      const update = convert(frame)
      if (update.id !== lastEventId) stream.send(update)
    },
    replay: () => undefined,
  }
}
