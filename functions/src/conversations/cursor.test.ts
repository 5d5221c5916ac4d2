import { expect, test } from 'vitest'
import { formatCursor, parseCursor } from './cursor.ts'

test.each([
  { receivedAt: 1_759_472_884_000, messageId: 'msg_919325590143_20251003_115804_0001' },
  { receivedAt: 0, messageId: '-OaB_x:@+' },
])('reads back what it wrote: %o', (cursor) => {
  expect(parseCursor(formatCursor(cursor))).toEqual(cursor)
})

const malformed = [
  undefined,
  '',
  '.',
  '5',
  '5.',
  '.msg',
  'abc.msg',
  '-5.msg',
  '5.5.msg',
  '1e3.msg',
  ' 5.msg',
  '5.msg ',
  '5 .msg',
  '5.msg\n',
  '5.msg\nevent: ended',
  '5.m/../x',
  '5.__proto__/x',
  '9999999999999999.msg',
  '5.é',
  `5.${'m'.repeat(129)}`,
  '0x10.msg',
  'NaN.msg',
  'Infinity.msg',
]
test.each(malformed)('takes %j for no cursor at all', (text) => {
  expect(parseCursor(text)).toBeUndefined()
})
