import type { Call } from '@lifeline/functions/contract'
import { describe, expect, test } from 'vitest'
import { countHidden, filterCalls, type BoardFilter } from './board-filter.ts'
import { applyCallsInput, orderBoard, silentSince, type Calls, type CallsInput } from './board.ts'

const call = (id: string, urgency: Call['urgency'], silentFor = 0, overrides: Partial<Call> = {}): Call => ({
  call_id: id,
  conversation_id: `conv_${id}`,
  worker_id: 'worker_1',
  worker_name: 'Ravi',
  mobile_no: '',
  company_id: 'c_acme',
  admin_id: null,
  admin_name: null,
  takeover: 0,
  urgency,
  status: 'ACTIVE',
  medium: 'Text',
  timestamp: '2025-10-03T11:58:04+05:30',
  started_at: '2025-10-03T06:00:00.000Z',
  last_message_at: new Date(Date.UTC(2025, 9, 3, 7) - silentFor * 1000).toISOString(),
  ...overrides,
})

const NOW = Date.UTC(2025, 9, 3, 8)
const board = (...calls: Call[]): Calls => new Map(calls.map((each) => [each.call_id, each]))
const ids = (calls: Iterable<Call>) => [...calls].map(({ call_id }) => call_id)

describe('the board', () => {
  test('shows the most urgent first, and within one urgency the longest silence', () => {
    const calls = board(
      call('low', 'LOW', 999),
      call('a', 'HIGH', 5),
      call('b', 'HIGH', 9),
      call('crit', 'CRITICAL'),
    )
    expect(ids(orderBoard(calls, [], undefined))).toEqual(['crit', 'b', 'a', 'low'])
  })

  test('counts silence from the start of a call in which nobody has written', () => {
    const mute = call('mute', 'HIGH', 0, { last_message_at: null })
    expect(ids(orderBoard(board(call('a', 'HIGH', 60), mute), [], undefined))).toEqual(['mute', 'a'])
  })

  test('puts who waits for an answer before who has one, and who waits longest first', () => {
    const at = (second: number) => new Date(Date.UTC(2025, 9, 3, 7, 0, second)).toISOString()
    const words = (role: 'user' | 'admin') => ({ message_id: 'msg_1', role, text: 'Words' })
    const waits = (id: string, since: number) =>
      call(id, 'HIGH', 0, { last_words: words('user'), unanswered_at: at(since), worker_message_at: at(50) })
    const answered = call('answered', 'HIGH', 0, { last_words: words('admin'), worker_message_at: at(1) })
    const calls = board(answered, waits('short', 40), waits('long', 20))
    expect(ids(orderBoard(calls, [], undefined))).toEqual(['long', 'short', 'answered'])
  })

  test('takes what others write for no sign of life', () => {
    const said = { last_words: { message_id: 'msg_1', role: 'admin', text: 'Are you there?' } } as const
    const quiet = call('quiet', 'HIGH', 0, said)
    expect(silentSince(quiet)).toBe(Date.parse(quiet.started_at))
    const worker_message_at = '2025-10-03T06:30:00.000Z'
    expect(silentSince({ ...quiet, worker_message_at })).toBe(Date.parse(worker_message_at))
  })

  test.each<[BoardFilter, string[], number]>([
    ['all', ['mine', 'cleo', 'open', 'low'], 0],
    ['mine', ['mine'], 2],
    ['unassigned', ['open', 'low'], 1],
  ])('shows %s, and counts what is hidden and must not be', (filter, expected, hidden) => {
    const calls = board(
      call('mine', 'CRITICAL', 0, { admin_id: 'ben' }),
      call('cleo', 'LOW', 0, { admin_id: 'cleo' }),
      call('open', 'CRITICAL'),
      call('low', 'LOW'),
    )
    const shown = filterCalls(calls, filter, 'ben')
    expect(ids(shown.values())).toEqual(expected)
    expect(countHidden(calls, shown, new Set(['cleo']))).toBe(hidden)
  })

  test('puts a call under duress above the most urgent and longest silent', () => {
    const calls = board(call('crit', 'CRITICAL', 900), call('duress', 'LOW'))
    expect(ids(orderBoard(calls, [], undefined, new Set(['duress'])))).toEqual(['duress', 'crit'])
  })

  test.each([
    ['moves to the top', [call('a', 'LOW'), call('b', 'LOW'), call('c', 'CRITICAL')], ['a', 'b', 'c']],
    [
      'is overtaken by a new one',
      [call('new', 'CRITICAL'), call('c', 'HIGH'), call('a', 'LOW')],
      ['new', 'a', 'c'],
    ],
    ['is below rows that go', [call('c', 'LOW')], ['c']],
  ])('keeps the row under the pointer where it is when it %s', (_, calls, expected) => {
    const before = [call('a', 'LOW'), call('b', 'LOW'), call('c', 'LOW')]
    expect(ids(orderBoard(board(...calls), before, 'c'))).toEqual(expected)
  })

  test('lets go of a row that has left', () => {
    expect(ids(orderBoard(board(call('a', 'LOW')), [call('gone', 'LOW')], 'gone'))).toEqual(['a'])
  })

  test.each<[string, CallsInput, string[]]>([
    ['adds a call', { event: 'call_added', data: call('c', 'LOW') }, ['a', 'b', 'c']],
    ['removes one', { event: 'call_removed', data: { call_id: 'a', conversation_id: 'conv_a' } }, ['b']],
    [
      'drops one that ended',
      { event: 'call_changed', data: call('a', 'LOW', 0, { status: 'ENDED' }) },
      ['b'],
    ],
    ['starts anew', { event: 'initial', data: { calls: [call('z', 'LOW')] } }, ['z']],
  ])('%s', (_, input, expected) => {
    const next = applyCallsInput(board(call('a', 'LOW'), call('b', 'LOW')), input, NOW)
    expect(ids(next?.values() ?? [])).toEqual(expected)
  })

  test('knows nothing before the list has come', () => {
    expect(applyCallsInput(undefined, { event: 'call_added', data: call('a', 'LOW') }, NOW)).toBeUndefined()
  })

  test('knows until when a worker is writing, whatever else changes about the call', () => {
    const typing = (id: string, is: boolean): CallsInput => ({
      event: 'typing',
      data: { call_id: id, conversation_id: `conv_${id}`, typing: is, expires_in_ms: is ? 6_000 : 0 },
    })
    const before = board(call('a', 'LOW'))
    const writing = applyCallsInput(before, typing('a', true), NOW)
    expect(writing?.get('a')?.typingUntil).toBe(NOW + 6_000)
    const changed = applyCallsInput(writing, { event: 'call_changed', data: call('a', 'HIGH') }, NOW + 1)
    expect(changed?.get('a')).toMatchObject({ urgency: 'HIGH', typingUntil: NOW + 6_000 })
    expect(applyCallsInput(changed, typing('a', false), NOW + 2)?.get('a')?.typingUntil).toBe(0)
    expect(applyCallsInput(before, typing('gone', true), NOW)).toBe(before)
    // A list that begins anew says who is writing right after it.
    const anew = applyCallsInput(changed, { event: 'initial', data: { calls: [call('a', 'HIGH')] } }, NOW)
    expect(anew?.get('a')?.typingUntil).toBeUndefined()
  })
})
