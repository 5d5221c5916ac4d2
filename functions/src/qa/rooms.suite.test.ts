import { Query } from 'firebase-admin/firestore'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openSocket } from '../conversations/testing/socket-client.ts'
import { offlineModel } from './testing/offline-model.ts'
import { threePeople } from './testing/people.ts'
import { type QaServer, startQaServer } from './testing/qa-server.ts'

let gate = Promise.withResolvers<void>()
let server: QaServer
beforeAll(async () => {
  server = await startQaServer({ model: offlineModel(() => gate.promise) })
  await server.addProspects(threePeople)
  await server.work()
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => server.close())

const ids = threePeople.map(({ lead_id }) => lead_id)

/** Counts how often each event of a session is serialized from now on. */
function countSerialized(): Map<string, number> {
  const counts = new Map<string, number>()
  const { stringify } = JSON
  vi.spyOn(JSON, 'stringify').mockImplementation((...given: unknown[]) => {
    const [value] = given as [{ event_type?: unknown } | null]
    const event = value?.event_type
    if (typeof event === 'string') counts.set(event, (counts.get(event) ?? 0) + 1)
    return stringify(...(given as Parameters<typeof stringify>))
  })
  return counts
}

test('however many watch a session, it has one listener, and each event is serialized once', async () => {
  gate = Promise.withResolvers()
  const id = await server.ask(ids)
  const listeners = vi.spyOn(Query.prototype, 'onSnapshot')
  const serialized = countSerialized()
  const people = ['ben', 'cleo', 'dan', 'eve'].map((uid) => server.token(uid, 'agent'))
  const path = `/api/v1/qa/sessions/${id}/stream`
  const streams = await Promise.all([...people, ...people].map((token) => server.open(path, token)))
  const sockets = await Promise.all(
    people.map(async (token) => {
      const socket = await openSocket(`${server.origin}/api/v1/qa/sessions/ws`, {
        authorization: `Bearer ${token}`,
      })
      socket.send({ action: 'subscribe', session_ids: [id] })
      await socket.next('subscribed')
      return socket
    }),
  )
  gate.resolve()
  await Promise.all([
    ...streams.map(({ ended }) => ended),
    ...sockets.map((socket) => socket.next('session_completed')),
  ])
  // Whoever comes when it is over gets what was told before.
  const late = await server.open(path, people[0] ?? '')
  await late.ended

  const told = streams[0]?.events.map(({ event, id, data }) => ({ event, id, data }))
  expect(told?.map(({ event }) => event)).toEqual([
    ...ids.map(() => 'response_received'),
    'session_completed',
  ])
  for (const { events } of [...streams, late]) {
    expect(events.map(({ event, id, data }) => ({ event, id, data }))).toEqual(told)
  }
  for (const { events } of sockets) {
    const ofSession = events.filter(({ event }) => told?.some((each) => each.event === event))
    expect(ofSession).toEqual(told?.map((each) => expect.objectContaining(each)))
  }
  expect(listeners).toHaveBeenCalledTimes(1)
  expect(Object.fromEntries(serialized)).toEqual({ response_received: 3, session_completed: 1 })
  for (const { socket } of sockets) socket.close()
})

test('each session has a listener of its own', async () => {
  gate = Promise.withResolvers()
  const [first, second] = [await server.ask(['LEAD-1001']), await server.ask(['LEAD-1002'])]
  const listeners = vi.spyOn(Query.prototype, 'onSnapshot')
  const streams = await Promise.all(
    [first, second, first, second].map((id) => server.open(`/api/v1/qa/sessions/${id}/stream`, server.ben)),
  )
  gate.resolve()
  await Promise.all(streams.map(({ ended }) => ended))
  expect(listeners).toHaveBeenCalledTimes(2)
})
