import { messageIdAt } from '@lifeline/functions/contract'
import { describe, expect, test } from 'vitest'
import { PAGE_SIZE } from './chat-api.ts'
import { lengthOfPage, pagesOf, placeMessage, stretchesOf } from './chat-pages.ts'

const messageAt = (at: number) =>
  placeMessage(
    {
      content: `message ${at}`,
      timestamp: '2023-01-01T09:00:00',
      user_id: 'sam',
      message_id: messageIdAt(at),
    },
    false,
  )
const page = (number: number, length = PAGE_SIZE) => ({
  page: number,
  messages: Array.from({ length }, (_, at) => messageAt((number - 1) * PAGE_SIZE + at)),
  hasFailed: false,
})
const shape = (...asked: Parameters<typeof stretchesOf>) =>
  stretchesOf(...asked).map((each) =>
    each.kind === 'missing'
      ? `page ${each.page}`
      : [Number(each.messages[0]?.message_id.slice(4)), Number(each.messages.at(-1)?.message_id.slice(4))],
  )

describe('the pages of a window', () => {
  test.each([
    [{ from: 0, to: null }, 0, [1]],
    [{ from: 0, to: null }, 3, [1]],
    [{ from: 50, to: null }, 200, [1, 2]],
    [{ from: 50, to: null }, 201, [1, 2, 3]],
    [{ from: 100, to: 200 }, 1_000, [2]],
    [{ from: 199, to: 301 }, 1_000, [2, 3, 4]],
  ])('of %o among %i are %o', (window, count, pages) => {
    expect(pagesOf(window, count)).toEqual(pages)
  })

  test('have as many messages as there are', () => {
    expect([1, 2, 3, 4].map((number) => lengthOfPage(number, 250))).toEqual([100, 100, 50, 0])
  })
})

describe('what is drawn', () => {
  test('is cut to the window, across pages', () => {
    expect(shape([page(1), page(2), page(3, 50)], { from: 60, to: null })).toEqual([[60, 249]])
    expect(shape([page(1), page(2)], { from: 60, to: 130 })).toEqual([[60, 129]])
  })

  test('leaves out what is on its way, and shows where something could not be had', () => {
    const away = { page: 2, messages: undefined, hasFailed: false }
    expect(shape([page(1), away], { from: 0, to: 200 })).toEqual([[0, 99]])
    expect(shape([page(1), { ...away, hasFailed: true }, page(3)], { from: 0, to: 300 })).toEqual([
      [0, 99],
      'page 2',
      [200, 299],
    ])
  })
})

test('a message stands at its own time, in UTC where it names no zone', () => {
  const message = { content: 'x', user_id: 'sam', message_id: messageIdAt(0) }
  const at = (timestamp: string) => placeMessage({ ...message, timestamp }, true).received_at
  expect(at('2023-01-01T09:00:00')).toBe('2023-01-01T09:00:00.000Z')
  expect(at('2023-01-01T09:00:00+02:00')).toBe('2023-01-01T07:00:00.000Z')
})
