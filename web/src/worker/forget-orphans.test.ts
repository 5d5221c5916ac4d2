import { expect, test } from 'vitest'
import { forgetOrphans } from './forget-orphans.ts'
import { memoryStorage } from './storage.fixture.ts'

function open() {
  const kept = new Set(['msg_sent', 'msg_waiting', 'msg_of_another', 'msg_just_taken'])
  const storage = memoryStorage()
  storage.setItem('lifeline-outbox/worker_1/msg_waiting', '{}')
  storage.setItem('lifeline-outbox/worker_2/msg_of_another', '{}')
  const blobs = { ids: async () => [...kept], remove: async (id: string) => void kept.delete(id) }
  return { kept, storage, blobs }
}

test('what was sent before the page ended is removed, and what waits is kept, another worker’s too', async () => {
  const { kept, storage, blobs } = open()
  await forgetOrphans(blobs, storage, async (ms) => {
    expect(ms).toBeGreaterThan(1_000)
    // Another tab was in the middle of it.
    storage.setItem('lifeline-outbox/worker_1/msg_just_taken', '{}')
  })
  expect([...kept]).toEqual(['msg_waiting', 'msg_of_another', 'msg_just_taken'])
})
