import { describe, expect, test } from 'vitest'
import { openLine as open, record } from './call-line.fixture.ts'

describe('the line of a worker', () => {
  test('starts a call at once, and is active when the server has it', async () => {
    const { line, connect, answer, phase, watched } = open()
    connect()
    line.start('CRITICAL')
    expect(phase()).toBe('starting')
    expect(watched).toEqual([])
    const call = await answer()
    await expect.poll(() => phase()).toBe('active')
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
    await expect.poll(() => again.phase()).toBe('active')
  })

  test('shows the call and what was said after a reload without a network', async () => {
    const { line, storage, connect, answer, phase, setMessages } = open()
    connect()
    line.start('HIGH')
    await answer()
    await expect.poll(() => phase()).toBe('active')
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
    await expect.poll(() => phase()).toBe('refused')
    line.leave()
    expect(phase()).toBeUndefined()
    line.start('CRITICAL')
    expect(phase()).toBe('starting')
  })

  test('ends a call after what waits, and calls it ended only when the server has it', async () => {
    const { line, connect, answer, phase, setCalls } = open()
    connect({ call_1: record() })
    line.say('I am safe')
    line.end()
    // The SDK shows the end before the server has it.
    setCalls({ call_1: record({ status: 'ENDED' }) })
    expect(phase()).toBe('ending')
    expect([(await answer()).kind, (await answer()).kind]).toEqual(['message', 'end'])
    await expect.poll(() => phase()).toBe('ended')
  })

  test('keeps the wish to end a call over a reload without a network', () => {
    const { line, storage, connect } = open()
    connect({ call_1: record() })
    line.end()
    line.close()
    expect(open(storage).phase()).toBe('ending')
  })

  test('goes on with a call whose end was refused', async () => {
    const { line, connect, answer, phase } = open()
    connect({ call_1: record() })
    line.end()
    await answer(false)
    await expect.poll(() => phase()).toBe('active')
  })

  test('tells what was read, once, and hears what a dispatcher has read', () => {
    const { line, connect, setMessages, setSeen, told } = open()
    connect({ call_1: record() })
    const own = { role: 'user', content: 'help', timestamp: '2025-10-03T11:58:04Z', received_at: 4 }
    setMessages({ msg_1: own, msg_2: { ...own, role: 'admin', received_at: 5 } })
    line.read()
    line.read()
    expect(told).toEqual([
      ['contact', 'worker_1'],
      ['seen', 'worker_1', 'msg_2'],
    ])
    setSeen({
      worker_1: { message_id: 'msg_2', received_at: 5, seen_at: 6 },
      admin_ava: { message_id: 'msg_1', received_at: 4, seen_at: 6 },
    })
    expect(line.state().seen).toEqual({ at: 4, id: 'msg_1' })
    setSeen(null)
    expect(line.state().seen).toEqual({ at: 4, id: 'msg_1' })
  })

  test('says that it is writing once in a while, and when it stops', () => {
    const { line, connect, told } = open()
    connect({ call_1: record() })
    for (const isTyping of [true, true, true, false, false]) line.type(isTyping)
    expect(told.slice(1)).toEqual([
      ['typing', 'worker_1', true],
      ['typing', 'worker_1', false],
    ])
  })

  test('hears that a dispatcher is writing and has stopped, and not itself', () => {
    const { line, connect, setTyping } = open()
    connect({ call_1: record() })
    setTyping({ worker_1: 5 })
    expect(line.state().typingUntil).toBe(0)
    setTyping({ worker_1: 5, admin_ava: 6 })
    expect(line.state().typingUntil).toBeGreaterThan(Date.now())
    setTyping(null)
    expect(line.state().typingUntil).toBe(0)
  })

  test('tells when a dispatcher has taken the call', () => {
    const { line, connect, setCalls } = open()
    connect({ call_1: record() })
    setCalls({ call_1: record({ admin_id: 'admin_ava' }) })
    expect(line.state().call?.admin_id).toBe('admin_ava')
  })
})
