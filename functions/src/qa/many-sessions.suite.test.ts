import { afterAll, beforeAll, expect, test } from 'vitest'
import { SessionListResponse } from './session-schema.ts'
import { sessionsOf } from './session-store.ts'
import { threePeople } from './testing/people.ts'
import { type QaServer, startQaServer } from './testing/qa-server.ts'

/** One more than are looked through. */
const MANY = 5_001

let server: QaServer
beforeAll(async () => {
  server = await startQaServer()
  await server.addProspects(threePeople)
  await server.work()
  const id = await server.ask(['LEAD-1001'], { question: 'Where is the needle?' })
  await server.ended(id)
  const { firestore } = server.deps
  const oldest = (await sessionsOf(firestore).doc(id).get()).data() ?? {}
  const writer = firestore.bulkWriter()
  for (let at = 1; at < MANY; at += 1) {
    const created_at = Number(oldest.created_at) + at
    void writer.set(sessionsOf(firestore).doc(`QS-hay-${at}`), { ...oldest, created_at, search: 'hay' })
  }
  await writer.close()
})
afterAll(() => server.close())

const list = async (query: string) =>
  SessionListResponse.parse((await server.get(`/api/v1/qa/sessions?${query}`, server.ben)).body)

test('a search that cannot look through all sessions says so, and dates reach the older ones', async () => {
  const found = await list('search_query=needle')
  expect(found).toMatchObject({ total_count: 0, is_partial: true })
  const all = await list('page_size=1')
  expect(all).toMatchObject({ total_count: MANY, is_partial: false })
  const newest = all.sessions[0]?.created_at ?? ''
  const before = new Date(Date.parse(newest) - 1).toISOString()
  const older = await list(`search_query=needle&date_to=${encodeURIComponent(before)}`)
  expect(older).toMatchObject({ total_count: 1, is_partial: false })
  expect(older.sessions[0]?.question).toBe('Where is the needle?')
})
