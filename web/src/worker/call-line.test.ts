import { describe, expect, test, vi } from 'vitest'
import { CallLine, type CallDatabase, type Caller } from './call-line.ts'
import { idOf, pathOf, readMobileNumber, updateOf, type NewCall, type NewWrite } from './call-writes.ts'
import { composeFeed } from './feed.ts'
import type { OutboxStorage } from './outbox.ts'
import { memoryStorage } from './storage.fixture.ts'

const CALLER: Caller = { uid: 'worker_1', companyId: 'c_acme', mobileNo: '+919325590143' }
const record = (overrides: object = {}) => ({
  conversation_id: 'conv_1',
  worker_id: 'worker_1',
  company_id: 'c_acme',
  urgency: 'HIGH',
  status: 'ACTIVE',
  medium: 'Text',
  timestamp: '2025-10-03T11:58:04+05:30',
  started_at: 1,
  ...overrides,
})

/** A database that behaves towards this worker as the real one does, as far as the line sees it. */
function fakeDatabase() {
  let calls: Record<string, object> | undefined
  let isOnline = false
  let tellConnected: (isConnected: boolean) => void = () => undefined
  let tellCalls: (calls: unknown) => void = () => undefined
  const pending: { write: NewWrite; resolve: () => void; reject: (error: Error) => void }[] = []
  const watched: string[] = []
  let tellMessages: (messages: unknown) => void = () => undefined
  const database: CallDatabase = {
    send: (write) => new Promise<void>((resolve, reject) => pending.push({ write, resolve, reject })),
    isStored: () => Promise.resolve(false),
    isRefusal: () => true,
    watchConnected: (listener) => {
      tellConnected = listener
      listener(isOnline)
      return () => undefined
    },
    watchCalls: (_, listener) => {
      tellCalls = listener
      if (calls !== undefined) listener(calls)
      return () => undefined
    },
    watchMessages: (conversationId, listener) => {
      watched.push(conversationId)
      tellMessages = listener
      return () => undefined
    },
  }
  return {
    database,
    pending,
    watched,
    connect: (own: Record<string, object> = {}) => {
      isOnline = true
      calls = own
      tellConnected(true)
      tellCalls(own)
    },
    setCalls: (own: Record<string, object>) => {
      calls = own
      tellCalls(own)
    },
    setMessages: (node: unknown) => tellMessages(node),
    answer: async (isTaken = true) => {
      await vi.waitFor(() => expect(pending).not.toHaveLength(0))
      const next = pending.shift()!
      if (isTaken && next.write.kind === 'call') {
        const { call_id, conversation_id, urgency } = next.write
        calls = { ...calls, [call_id]: record({ conversation_id, urgency }) }
        tellCalls(calls)
      }
      if (isTaken) next.resolve()
      else next.reject(new Error('PERMISSION_DENIED'))
      return next.write
    },
  }
}

function open(storage: OutboxStorage = memoryStorage()) {
  const fake = fakeDatabase()
  const line = new CallLine(CALLER, fake.database, storage)
  return { ...fake, line, storage, phase: () => line.state().call?.phase }
}

describe('the line of a worker', () => {
  test('starts a call at once, and is active when the server has it', async () => {
    const { line, connect, answer, phase, watched } = open()
    connect()
    line.start('CRITICAL')
    expect(phase()).toBe('starting')
    expect(watched).toEqual([])
    const call = await answer()
    await vi.waitFor(() => expect(phase()).toBe('active'))
    expect(watched).toEqual([call.conversation_id])
  })

  test('keeps a call and its messages over a reload without a network', async () => {
    const { line, storage } = open()
    line.start('HIGH')
    line.say('help')
    line.close()
    const again = open(storage)
    expect(again.phase()).toBe('starting')
    again.connect()
    const writes = [await again.answer(), await again.answer()]
    expect(writes.map(({ kind }) => kind)).toEqual(['call', 'message'])
    await vi.waitFor(() => expect(again.phase()).toBe('active'))
  })

  test('shows the call and what was said after a reload without a network', async () => {
    const { line, storage, connect, answer, phase, setMessages } = open()
    connect()
    line.start('HIGH')
    await answer()
    await vi.waitFor(() => expect(phase()).toBe('active'))
    setMessages({
      msg_1: { role: 'admin', content: 'Stay calm', timestamp: '2025-10-03T11:58:04+05:30', received_at: 5 },
    })
    line.close()
    const again = open(storage)
    expect(again.phase()).toBe('active')
    expect(again.line.state().stored).toMatchObject([{ id: 'msg_1', content: 'Stay calm', delivery: null }])
  })

  test('finds the newest active call of this worker', () => {
    const { line, connect } = open()
    expect(line.state().hasLooked).toBe(false)
    connect({
      call_old: record({ started_at: 1 }),
      call_new: record({ started_at: 2, conversation_id: 'conv_2' }),
      call_over: record({ started_at: 3, status: 'ENDED' }),
    })
    expect(line.state()).toMatchObject({ hasLooked: true, call: { call_id: 'call_new', phase: 'active' } })
  })

  test.each([
    ['is marked as ended', { call_1: record({ status: 'ENDED' }) }],
    ['is gone', {}],
  ])('says that a call has ended that %s, and keeps what was said', (_, calls) => {
    const { line, connect, setCalls, setMessages, phase } = open()
    connect({ call_1: record() })
    setMessages({
      msg_1: { role: 'user', content: 'help', timestamp: '2025-10-03T11:58:04Z', received_at: 5 },
    })
    setCalls(calls)
    setMessages(null)
    expect(phase()).toBe('ended')
    expect(line.state().stored).toHaveLength(1)
    line.leave()
    expect(line.state()).toMatchObject({ call: undefined, stored: [] })
  })

  test('says that a call was refused, and lets another one be started', async () => {
    const { line, connect, answer, phase } = open()
    connect()
    line.start('HIGH')
    await answer(false)
    await vi.waitFor(() => expect(phase()).toBe('refused'))
    line.leave()
    expect(phase()).toBeUndefined()
    line.start('CRITICAL')
    expect(phase()).toBe('starting')
  })

  test('tells when a dispatcher has taken the call', () => {
    const { line, connect, setCalls } = open()
    connect({ call_1: record() })
    setCalls({ call_1: record({ admin_id: 'admin_ava' }) })
    expect(line.state().call?.admin_id).toBe('admin_ava')
  })
})

const START: NewCall = {
  kind: 'call',
  call_id: 'call_1',
  conversation_id: 'conv_1',
  worker_id: 'worker_1',
  company_id: 'c_acme',
  mobile_no: '',
  urgency: 'LOW',
  timestamp: '2025-10-03T11:58:04+05:30',
}
const SAY: NewWrite = { ...START, kind: 'message', message_id: 'msg_1', content: 'help' }

describe('a write', () => {
  test('of a call creates it and its conversation together', () => {
    expect(Object.keys(updateOf(START, {}))).toEqual(['active_calls/call_1', 'active_conversations/conv_1'])
  })

  test('of a message also says when the call was last heard', () => {
    expect(updateOf(SAY, { now: 1 })).toEqual({
      [pathOf(SAY)]: {
        role: 'user',
        content: 'help',
        timestamp: START.timestamp,
        received_at: { now: 1 },
        sender_id: 'worker_1',
        sources: '',
      },
      'active_calls/call_1/last_message_at': { now: 1 },
    })
  })

  test.each([
    ['+91 93255-90143', '+91 93255-90143'],
    ['call me', ''],
    [undefined, ''],
  ])('carries the number %j as %j', (candidate, expected) => {
    expect(readMobileNumber(candidate)).toBe(expected)
  })
})

test('a message that the SDK shows early is still shown as waiting, once, and last', () => {
  const stored = [
    { id: 'msg_1', role: 'user', content: 'help', at: 9, sources: '', delivery: 'sent' },
    { id: 'msg_2', role: 'admin', content: 'where?', at: 10, sources: '', delivery: null },
  ] as const
  const feed = composeFeed(stored, [{ sequence: 1, status: 'sending', write: SAY }], 'conv_1')
  expect(feed.map(({ id, delivery }) => [id, delivery])).toEqual([
    ['msg_2', null],
    [idOf(SAY), 'sending'],
  ])
  const later = composeFeed(stored, [{ sequence: 1, status: 'sent', write: SAY }], 'conv_1')
  expect(later.map(({ id }) => id)).toEqual(['msg_1', 'msg_2'])
})
