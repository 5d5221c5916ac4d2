import { expect, test } from 'vitest'
import { type StoredMessage, digestOf, documentName, fromArchived, toArchived } from './archived-message.ts'

const plain = { role: 'user', content: 'Help', received_at: 1_759_472_884_250, sources: '' }

test.each<[string, unknown]>([
  ['a message', plain],
  ['a message with an attachment', { ...plain, attachment: { kind: 'image', sizes: [[1, 2]] } }],
  ['a message with a field of our own name', { ...plain, stored: 'x' }],
  ['a message with a name that Firestore keeps for itself', { ...plain, __name__: 'x' }],
  ['a text that is no message', 'Help'],
  ['a number', 7],
  ['a list', ['a', 'b']],
])('%s comes out of the archive as it went in', (_, stored) => {
  const message: StoredMessage = ['msg_1', stored]
  const archived = toArchived(message)
  expect(archived.message_id).toBe('msg_1')
  expect(fromArchived(archived)).toEqual(message)
})

test('a message can be searched and sorted by its fields', () => {
  expect(toArchived(['msg_1', plain])).toEqual({ message_id: 'msg_1', ...plain })
})

test.each([
  ['conv_1', 'conv_1'],
  ['__conv__', '~__conv__'],
  ['__conv', '__conv'],
])('%s is kept under %s', (id, name) => {
  expect(documentName(id)).toBe(name)
})

test('a digest depends on what the messages are and not on any order', () => {
  const a: StoredMessage = ['a', { x: 1, y: { p: 1, q: 2 } }]
  const b: StoredMessage = ['b', plain]
  const same = digestOf([a, b])
  expect(same).toMatch(/^[0-9a-f]{64}$/)
  expect(digestOf([b, ['a', { y: { q: 2, p: 1 }, x: 1 }]])).toBe(same)
  expect(digestOf([a])).not.toBe(same)
  expect(digestOf([a, ['c', plain]])).not.toBe(same)
  expect(digestOf([a, ['b', { ...plain, content: 'Helq' }]])).not.toBe(same)
})
