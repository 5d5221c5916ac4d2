import { describe, expect, test } from 'vitest'
import { createFrame, frameOf } from './frame.ts'
import { formatSseEvent } from './sse-format.ts'

describe('formatSseEvent', () => {
  test('puts event before data, each on a line of its own, and ends with an empty line', () => {
    expect(formatSseEvent({ event: 'heartbeat', json: '{"status":"connected"}' })).toBe(
      'event: heartbeat\ndata: {"status":"connected"}\n\n',
    )
  })

  test('puts id and retry before the event', () => {
    expect(formatSseEvent({ event: 'reconnect', json: '{}', id: '5.msg_1', retry: 1500.4 })).toBe(
      'id: 5.msg_1\nretry: 1500\nevent: reconnect\ndata: {}\n\n',
    )
  })

  const breaks = ['\n', '\r', '\r\n', '\0', '\n\n', '\ndata: {"forged":true}\n\n']
  test.each(breaks)('refuses an id that holds %j', (text) => {
    expect(() => formatSseEvent({ event: 'new_messages', json: '{}', id: `5.msg${text}` })).toThrow(TypeError)
  })
  test.each(breaks)('refuses an event name that holds %j', (text) => {
    expect(() => formatSseEvent({ event: `new${text}messages`, json: '{}' })).toThrow(TypeError)
  })
  test.each(['{\n}', '{}\r', '{}\n\nevent: ended\ndata: {}'])(
    'refuses data of more than one line: %j',
    (json) => {
      expect(() => formatSseEvent({ event: 'initial', json })).toThrow(TypeError)
    },
  )

  const hostile = [
    'a\nevent: ended\ndata: {}\n\n',
    '\r\rdata: x',
    'id: 9\0',
    '\u2028\u2029',
    '😀\ud800',
    'event: error',
  ]
  test.each(hostile)('keeps what a person wrote inside one data line: %j', (content) => {
    const text = frameOf('new_messages', { content }).sse().toString('utf8')
    const lines = text.split(/\r\n|\r|\n/)
    expect(lines).toHaveLength(4)
    expect(lines[0]).toBe('event: new_messages')
    expect(lines.slice(2)).toEqual(['', ''])
    expect(JSON.parse(lines[1]!.slice('data: '.length))).toEqual({ content })
  })
})

test('a frame hands the same bytes to every reader', () => {
  const frame = createFrame({ event: 'initial', json: '{"a":"ü"}' })
  expect(frame.sse()).toBe(frame.sse())
  expect(frame.sse().toString('utf8')).toBe('event: initial\ndata: {"a":"ü"}\n\n')
})
