import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { createDrain } from './drain.ts'
import { manualClock } from './testing/manual-clock.ts'

function open(drain: ReturnType<typeof createDrain>): EventEmitter {
  const response = new EventEmitter()
  drain.track(() => {})({} as IncomingMessage, response as ServerResponse)
  return response
}

test('waits for nothing when nothing is owed', async () => {
  expect(await createDrain(manualClock()).wait(1_000)).toBe(0)
})

test('waits until the last reply is over, and leaves no timer behind', async () => {
  const clock = manualClock()
  const drain = createDrain(clock)
  const [first, second] = [open(drain), open(drain)]
  const waiting = drain.wait(1_000)
  first.emit('close')
  second.emit('close')
  expect(await waiting).toBe(0)
  expect(clock.pending).toBe(0)
})

test('gives up at the deadline and says how much is still owed', async () => {
  const clock = manualClock()
  const drain = createDrain(clock)
  open(drain)
  const waiting = drain.wait(1_000)
  clock.advance(1_000)
  expect(await waiting).toBe(1)
})
