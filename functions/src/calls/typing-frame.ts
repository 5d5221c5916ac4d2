import type { z } from 'zod'
import { TYPING_LASTS_MS } from '../conversations/schema.ts'
import { type Frame, frameOf } from '../streaming/frame.ts'
import type { Call, CallsEvents } from './schema.ts'

/**
 * Tells a board that the worker of a call is writing, or is not any more. Undefined for a word of it that has lost its force.
 *
 * @param saidAt when the worker last said so, ms since 1970; undefined when they have taken it back
 */
export function typingFrame(
  { call_id, conversation_id }: Call,
  saidAt: number | undefined,
  now: number,
): Frame | undefined {
  const left = saidAt === undefined ? 0 : Math.min(TYPING_LASTS_MS, saidAt + TYPING_LASTS_MS - now)
  if (saidAt !== undefined && left <= 0) return undefined
  return frameOf('typing', {
    call_id,
    conversation_id,
    typing: left > 0,
    expires_in_ms: Math.ceil(left),
  } satisfies z.infer<(typeof CallsEvents)['typing']>)
}
