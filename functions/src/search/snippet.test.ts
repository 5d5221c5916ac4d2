import { expect, test } from 'vitest'
import type { Snippet } from './schema.ts'
import { snippetOf } from './snippet.ts'

const marked = ({ text, marks }: Snippet) => marks.map(({ start, end }) => text.slice(start, end))
const filler = 'one two three four five six seven eight nine ten eleven twelve '.repeat(6)

test('a short message is shown whole, with every hit marked as it was written', () => {
  const snippet = snippetOf('The ROPE: a rope <b>röpe</b>', new Set(['rope']))
  expect(snippet).toMatchObject({ text: 'The ROPE: a rope <b>röpe</b>', cut_start: false, cut_end: false })
  expect(marked(snippet)).toEqual(['ROPE', 'rope', 'röpe'])
})

test('a long message is cut between words around its first hit', () => {
  const snippet = snippetOf(`${filler}the scaffold broke ${filler}`, new Set(['scaffold']))
  expect(snippet.cut_start && snippet.cut_end).toBe(true)
  expect(snippet.text.length).toBeLessThanOrEqual(200)
  expect(snippet.text).toMatch(/^\w+ .*the scaffold broke.* \w+$/)
  expect(marked(snippet)).toEqual(['scaffold'])
})

test('pairs of characters that overlap are one mark', () => {
  expect(marked(snippetOf('三階で火事です', new Set(['火事', '事で'])))).toEqual(['火事で'])
})

test('one word without an end is shown whole, never a part of a character', () => {
  const snippet = snippetOf(`${filler}${'𠮷'.repeat(300)}`, new Set(['𠮷𠮷']))
  expect(snippet.text.isWellFormed()).toBe(true)
  expect(snippet.marks).not.toEqual([])
})
