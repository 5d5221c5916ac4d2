import { describe, expect, test } from 'vitest'
import { ApiError, UnreachableError } from '../api/errors.ts'
import { SeenSender } from './seen-sender.ts'

function open() {
  const asked: { id: string; answer: (error?: Error) => void }[] = []
  const delays: number[] = []
  const sender = new SeenSender({
    send: (id) =>
      new Promise<void>((resolve, reject) =>
        asked.push({ id, answer: (error) => (error === undefined ? resolve() : reject(error)) }),
      ),
    delay: (ms) => {
      delays.push(ms)
      return Promise.resolve()
    },
  })
  const ids = () => asked.map(({ id }) => id)
  return { sender, asked, delays, ids }
}

describe('a mark of what was seen', () => {
  test('skips what was overtaken while the one before was under way', async () => {
    const { sender, asked, ids } = open()
    for (const id of ['a', 'b', 'c']) sender.want(id)
    expect(ids()).toEqual(['a'])
    asked[0]!.answer()
    await expect.poll(() => ids()).toEqual(['a', 'c'])
  })

  test('is told once', async () => {
    const { sender, asked, ids } = open()
    sender.want('a')
    asked[0]!.answer()
    sender.want('a')
    sender.want('b')
    await expect.poll(() => ids()).toEqual(['a', 'b'])
  })

  test('that did not get through is sent again', async () => {
    const { sender, asked, ids, delays } = open()
    sender.want('a')
    asked[0]!.answer(new UnreachableError('gone'))
    await expect.poll(() => ids()).toEqual(['a', 'a'])
    expect(delays).toEqual([5_000])
  })

  test('that was refused is sent again only when it is wanted again', async () => {
    const { sender, asked, ids } = open()
    sender.want('a')
    asked[0]!.answer(new ApiError(409, 'conflict', 'This call has ended.'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(ids()).toEqual(['a'])
    sender.want('a')
    expect(ids()).toEqual(['a', 'a'])
  })

  test('is given up with the call', async () => {
    const { sender, asked, ids } = open()
    sender.want('a')
    sender.want('b')
    sender.want(undefined)
    asked[0]!.answer()
    await new Promise((resolve) => setImmediate(resolve))
    expect(ids()).toEqual(['a'])
  })
})
