import { expect, test } from 'vitest'
import { traceFields } from './trace.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const trace = `projects/p/traces/${TRACE}`

test.each<[string, Record<string, string>, object]>([
  [
    'W3C’s',
    { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` },
    { 'logging.googleapis.com/trace': trace, 'logging.googleapis.com/spanId': '00f067aa0ba902b7' },
  ],
  [
    'Google’s',
    { 'x-cloud-trace-context': `${TRACE}/255;o=1` },
    { 'logging.googleapis.com/trace': trace, 'logging.googleapis.com/spanId': '00000000000000ff' },
  ],
  ['Google’s without a span', { 'x-cloud-trace-context': TRACE }, { 'logging.googleapis.com/trace': trace }],
  ['none', {}, {}],
  ['one of noughts', { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` }, {}],
  ['words', { traceparent: 'help me', 'x-cloud-trace-context': '<script>' }, {}],
])('reads %s', (_, headers, expected) => {
  expect(traceFields({ headers }, 'p')).toEqual(expected)
})
