import { expect, test } from 'vitest'
import { Id } from '../platform/schema.ts'
import { messageIdFor } from './message-id.ts'

test('gives one sender’s key in one conversation the same id for ever', () => {
  // Written down, for messages are stored under it: another way of making it would double them.
  expect(messageIdFor('conv_1', 'admin_ben', 'k-1')).toBe(KNOWN)
  expect(Id.safeParse(KNOWN).success).toBe(true)
})

test.each([
  ['another conversation', 'conv_2', 'admin_ben', 'k-1'],
  ['another sender', 'conv_1', 'admin_ava', 'k-1'],
  ['another key', 'conv_1', 'admin_ben', 'k-2'],
  ['parts that read alike when joined', 'conv_1","admin_ben', '', 'k-1'],
])('gives %s another id', (_, conversation, sender, key) => {
  expect(messageIdFor(conversation, sender, key)).not.toBe(KNOWN)
})

const KNOWN = 'msg_30xL-ftZ_IK3sdGbbUOCr6UOGhV_tovK'
