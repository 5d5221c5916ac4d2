import { child, get, onValue, push, ref, set, update } from 'firebase/database'
import { expect, test, vi } from 'vitest'

import { connectClient, startTestDatabase } from '../testing/database.ts'

test('what one client writes, another one reads and hears of', async () => {
  const server = await startTestDatabase()
  const [writer, reader] = [connectClient(server), connectClient(server)]
  const seen: unknown[] = []
  onValue(ref(reader, 'calls'), (snapshot) => seen.push(snapshot.val()))
  await set(ref(writer, 'calls/a'), { status: 'ACTIVE' })
  await update(ref(writer), { 'calls/a/status': 'ENDED', 'calls/b': 1 })
  await push(ref(writer, 'calls/c'), 'pushed')
  await vi.waitFor(() =>
    expect(seen.at(-1)).toMatchObject({ a: { status: 'ENDED' }, b: 1, c: expect.any(Object) }),
  )
  expect((await get(child(ref(reader), 'calls/b'))).val()).toBe(1)
})
