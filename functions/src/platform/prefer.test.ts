import { expect, test } from 'vitest'
import { readPreferences } from './prefer.ts'

test.each([
  [undefined, false, undefined],
  ['', false, undefined],
  ['respond-async', true, undefined],
  ['Respond-Async, wait=10', true, 10],
  ['wait = 5', false, 5],
  ['wait="7"; x=1, respond-async; strict', true, 7],
  ['wait=3, wait=9', false, 3],
  ['return=minimal', false, undefined],
  ['foo="a, respond-async"', false, undefined],
  ['wait=-1', false, undefined],
  ['wait=soon', false, undefined],
  [',,;;==', false, undefined],
])('%j', (header, respondAsync, waitSeconds) => {
  expect(readPreferences(header)).toEqual({ respondAsync, waitSeconds })
})
