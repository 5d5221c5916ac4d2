import { get, onValue, ref, set } from 'firebase/database'
import { expect, test } from 'vitest'

import { connectClient, startTestDatabase } from '../testing/database.ts'
import { connectRaw } from '../testing/raw-client.ts'
import { FrameReader, toFrames } from './frames.ts'
import { ProtocolError } from './protocol-error.ts'

const long = (length: number) =>
  Array.from({ length }, (_, index) => String.fromCodePoint(33 + (index % 90))).join('')

test.each([16_300, 16_384, 40_000, 3_000_000])(
  'text of %i characters travels whole in both directions',
  async (length) => {
    const server = await startTestDatabase()
    const text = long(length)
    const heard: unknown[] = []
    onValue(ref(connectClient(server), 'text'), (snapshot) => heard.push(snapshot.val()))
    await set(ref(connectClient(server), 'text'), text)
    expect((await get(ref(connectClient(server), 'text'))).val()).toBe(text)
    await expect.poll(() => heard.at(-1)).toBe(text)
  },
)

test('no frame of ours cuts a character in two', async () => {
  const client = await connectRaw(await startTestDatabase())
  for (const shift of [0, 1]) {
    const text = 'x'.repeat(shift) + '🐵'.repeat(20_000)
    const request = JSON.stringify({ t: 'd', d: { r: 100 + shift, a: 'p', b: { p: '/text', d: text } } })
    for (const frame of toFrames(request)) client.sendFrame(frame)
    expect((await client.reply(100 + shift)).s).toBe('ok')
    expect((await client.request('g', { p: '/text', q: {} })).d).toBe(text)
  }
  expect(client.frames.every((frame) => frame.length <= 16_384)).toBe(true)
})

test('a keep-alive is no message, and neither is it a part of one that a segment looks like', async () => {
  const client = await connectRaw(await startTestDatabase())
  client.sendFrame('0')
  const request = '{"t":"d","d":{"r":9,"a":"p","b":{"p":"/n","d":1'
  for (const frame of ['3', request, '0', '}}}']) client.sendFrame(frame)
  expect((await client.reply(9)).s).toBe('ok')
  expect((await client.request('g', { p: '/n', q: {} })).d).toBe(10)
})

test('short text goes as it is, longer text behind the number of its frames', () => {
  expect(toFrames('a'.repeat(16_384))).toEqual(['a'.repeat(16_384)])
  expect(toFrames('a'.repeat(16_385))).toEqual(['2', 'a'.repeat(16_384), 'a'])
})

test.each(['999999', '4097'])('a message of %s frames is refused before any of them comes', (count) => {
  expect(() => new FrameReader().read(count)).toThrow(ProtocolError)
})

test('frames that add up to more than any message are refused, however few they are', () => {
  const reader = new FrameReader()
  reader.read('4096')
  const megabyte = 'x'.repeat(1024 * 1024)
  const readAll = () => {
    for (let count = 0; count < 100; count += 1) reader.read(megabyte)
  }
  expect(readAll).toThrow(ProtocolError)
})
