import { describe, expect, test } from 'vitest'
import { allowedTypos, foldWord, wordsOf } from './words.ts'

const terms = (text: string, purpose?: 'query') => wordsOf(text, purpose).map(({ term }) => term)

describe('words', () => {
  test.each([
    ['Crème brûlée, ŁÓDŹ and Straße', ['creme', 'brulee', 'lodz', 'and', 'strasse']],
    ["Don't let go! (it’s torn)", ['dont', 'let', 'go', 'its', 'torn']],
    ['+91 93255-90143', ['91', '93255', '90143']],
    ['मुझे चोट लगी है।', ['मुझे', 'चोट', 'लगी', 'है']],
    ['ज़मीन पर ५ लोग', ['जमीन', 'पर', '5', 'लोग']],
    ['أَنا مُصابٌ في ٣', ['انا', 'مصاب', 'في', '3']],
    ['می‌خواهم کمک', ['ميخواهم', 'كمك']],
    ['שָׁלוֹם', ['שלום']],
    ['火事です', ['火事', '事で', 'です', 'す']],
    ['3階で火事', ['3', '階で', 'で火', '火事', '事']],
    ['ไฟไหม้', ['ไฟ', 'ฟไ', 'ไห', 'หม', 'ม้', '้']],
    ['불이야 도와줘', ['불이야', '도와줘']],
    ['🔥 help 👩‍🚒', ['help']],
    ['… — !', []],
  ])('%s', (text, expected) => {
    expect(terms(text)).toEqual(expected)
  })

  test('a query of unspaced writing asks for its pairs and for nothing besides', () => {
    expect(terms('火事だ', 'query')).toEqual(['火事', '事だ'])
    expect(terms('火', 'query')).toEqual(['火'])
  })

  test('stand where they are in the text as it was written, surrogates and accents included', () => {
    const text = '🔥 Crème 𠮷野 ok'
    expect(wordsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'Crème',
      '𠮷野',
      '野',
      'ok',
    ])
  })

  test('a wall of letters is one short word', () => {
    expect(terms('a'.repeat(4_000))).toEqual(['a'.repeat(48)])
  })
})

test.each([
  ['rop', 0],
  ['rope', 1],
  ['scaffold', 2],
  ['90143', 0],
  ['火事です', 0],
  [foldWord('मदद करो'), 1],
])('typos allowed in %s: %i', (term, allowed) => {
  expect(allowedTypos(term)).toBe(allowed)
})
