import { ref, remove, set, setPriority, update } from 'firebase/database'
import { expect, test } from 'vitest'

import { connectClient } from '../testing/database.ts'
import { cloudEventFunction, legacyFunction } from '../testing/functions-emulator.ts'
import { dataOf, startWithFunctions } from '../testing/functions-database.ts'

test('a created child calls its function with a CloudEvent', async () => {
  const { server, calls } = await startWithFunctions(
    cloudEventFunction('us-central1-onMessage', 'created', '/conversations/{id}/messages/{message}'),
  )
  const database = connectClient(server, { user: { sub: 'worker_1' } })
  await set(ref(database, 'conversations/c1/messages/m1'), { text: 'help', tags: ['a', 'b'] })
  const [call] = await calls(1)
  expect(call).toEqual({
    name: 'us-central1-onMessage-0',
    contentType: 'application/cloudevents+json; charset=utf-8',
    event: {
      specversion: '1.0',
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      source: '//firebasedatabase.googleapis.com/projects/_/locations/us-central1/instances/test',
      type: 'google.firebase.database.ref.v1.created',
      time: '2023-11-14T22:13:20.000Z',
      subject: 'refs/conversations/c1/messages/m1',
      datacontenttype: 'application/json',
      location: 'us-central1',
      instance: 'test',
      ref: 'conversations/c1/messages/m1',
      firebasedatabasehost: 'firebaseio.com',
      authtype: 'app_user',
      authid: 'worker_1',
      data: {
        '@type': 'type.googleapis.com/google.events.firebase.database.v1.ReferenceEventData',
        data: null,
        delta: { text: 'help', tags: ['a', 'b'] },
      },
    },
  })
})

test('the older kind of function gets the older form', async () => {
  const { server, calls } = await startWithFunctions(
    legacyFunction('us-central1-onCall', 'update', 'calls/{call}/status', 'test'),
  )
  const database = connectClient(server, { user: { sub: 'w', role: 'worker' } })
  await set(ref(database, 'calls/c1/status'), 'ACTIVE')
  await set(ref(database, 'calls/c1/status'), 'ENDED')
  const [call] = await calls(1)
  expect(call).toMatchObject({
    contentType: 'application/json; charset=utf-8',
    event: {
      eventId: expect.any(String),
      timestamp: '2023-11-14T22:13:20.000Z',
      eventType: 'providers/google.firebase.database/eventTypes/ref.update',
      resource: 'projects/_/instances/test/refs/calls/c1/status',
      params: { call: 'c1' },
      auth: { admin: false, variable: { uid: 'w', token: { sub: 'w', role: 'worker' } } },
      data: { data: 'ACTIVE', delta: 'ENDED' },
    },
  })
})

test.each([
  ['created', [['a', null, 1]]],
  ['updated', [['a', 1, 2]]],
  ['deleted', [['a', 2, null]]],
  [
    'written',
    [
      ['a', null, 1],
      ['a', 1, 2],
      ['a', 2, null],
    ],
  ],
])(
  'a function that waits for %s is called for nothing else, and in the order of the writes',
  async (kind, expected) => {
    const { server, emulator, calls } = await startWithFunctions(
      cloudEventFunction('f', kind, 'nodes/{id}'),
      cloudEventFunction('last', 'created', 'end'),
    )
    const database = connectClient(server)
    await set(ref(database, 'nodes/a'), 1)
    await set(ref(database, 'nodes/a'), 2)
    await set(ref(database, 'nodes/a'), 2)
    await setPriority(ref(database, 'nodes/a'), 5)
    await remove(ref(database, 'nodes/a'))
    await set(ref(database, 'end'), true)
    await calls(expected.length + 1)
    const seen = emulator.calls
      .filter(({ name }) => name === 'f-0')
      .map((call) => [
        (call.event['ref'] as string).split('/')[1],
        dataOf(call)['data'],
        dataOf(call)['delta'],
      ])
    expect(seen).toEqual(expected)
  },
)

test('a change of a map is told as a merge patch, in which what was removed is null', async () => {
  const { server, calls } = await startWithFunctions(cloudEventFunction('f', 'updated', 'n'))
  const database = connectClient(server, { user: 'owner' })
  await set(ref(database, 'n'), { keep: 1, gone: { deep: 1 }, deep: { a: 1, b: 2, c: { d: 1 } }, leaf: 'x' })
  await update(ref(database, 'n'), {
    gone: null,
    'deep/b': null,
    'deep/c/e': 2,
    leaf: { now: 'map' },
    fresh: true,
  })
  const [call] = await calls(1)
  expect(call?.event['authtype']).toBe('admin')
  expect(dataOf(call!)).toMatchObject({
    data: { keep: 1, gone: { deep: 1 }, deep: { a: 1, b: 2, c: { d: 1 } }, leaf: 'x' },
    delta: { gone: null, deep: { b: null, c: { e: 2 } }, leaf: { now: 'map' }, fresh: true },
  })
})

test('a write above or below the pattern calls the function once for each node that changed', async () => {
  const { server, emulator, calls } = await startWithFunctions(
    cloudEventFunction('f', 'written', 'c/{id}/m/{k}'),
  )
  const database = connectClient(server)
  await set(ref(database, 'c'), { a: { m: { 1: 'x', 2: 'y' }, other: 1 }, b: { m: { 3: 'z' } } })
  await calls(3)
  await update(ref(database), { 'c/a/m/1': 'changed', 'c/a/other': 2, 'c/b/m/3/deep': true })
  await calls(5)
  await set(ref(database), { c: { a: { m: { 1: 'changed', 2: 'y' } } } })
  await calls(6)
  expect(emulator.calls.map(({ event }) => event['ref'])).toEqual([
    'c/a/m/1',
    'c/a/m/2',
    'c/b/m/3',
    'c/a/m/1',
    'c/b/m/3',
    'c/b/m/3',
  ])
  expect(new Set(emulator.calls.map(({ event }) => event['id'])).size).toBe(6)
})

test('a function of one namespace is not called for another', async () => {
  const { server, emulator, calls } = await startWithFunctions(
    cloudEventFunction('one', 'created', 'a', 'first-db'),
    cloudEventFunction('some', 'created', 'a', '*-db'),
    cloudEventFunction('all', 'created', 'a'),
  )
  await set(ref(connectClient(server, { namespace: 'first-db' }), 'a'), 1)
  await set(ref(connectClient(server, { namespace: 'second-db' }), 'a'), 1)
  await set(ref(connectClient(server, { namespace: 'third' }), 'a'), 1)
  await calls(6)
  expect(emulator.calls.map(({ name, event }) => `${name} ${String(event['instance'])}`).toSorted()).toEqual([
    'all-0 first-db',
    'all-0 second-db',
    'all-0 third',
    'one-0 first-db',
    'some-0 first-db',
    'some-0 second-db',
  ])
})
