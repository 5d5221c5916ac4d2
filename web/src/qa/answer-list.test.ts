import { describe, expect, test } from 'vitest'
import { ALL_ANSWERS, type AnswerView, countSentiments, viewAnswers } from './answer-list.ts'
import { answerOf } from './session.fixture.ts'

const answers = [
  answerOf('c', { at: 2, name: 'Zoë', sentiment: 'negative', confidence: 0.9, answer: 'Too expensive.' }),
  answerOf('a', { at: 0, name: 'Ravi', sentiment: 'positive', confidence: null, answer: 'Résumé first.' }),
  answerOf('b', { at: 1, name: 'Meena', sentiment: 'unknown', confidence: 0.1, answer: 'I do not know.' }),
]
const shown = (view: Partial<AnswerView>) =>
  viewAnswers(answers, { ...ALL_ANSWERS, ...view }).map(({ persona }) => persona.lead_id)

describe('answers are shown', () => {
  test.each<[AnswerView['order'], string[]]>([
    ['arrival', ['a', 'b', 'c']],
    ['confidence', ['c', 'b', 'a']],
    ['doubt', ['a', 'b', 'c']],
    ['name', ['b', 'a', 'c']],
    ['sentiment', ['a', 'c', 'b']],
  ])('by %s', (order, expected) => {
    expect(shown({ order })).toEqual(expected)
  })

  test.each([
    ['resume', ['a']],
    ['zoe expensive', ['c']],
    ['zoe cheap', []],
    ['  ', ['a', 'b', 'c']],
  ])('that hold %j', (text, expected) => {
    expect(shown({ text })).toEqual(expected)
  })

  test('of the sentiments wanted', () => {
    expect(shown({ sentiments: ['unknown', 'negative'] })).toEqual(['b', 'c'])
  })
})

test('counts who stands where', () => {
  expect(countSentiments(answers)).toEqual({ positive: 1, neutral: 0, negative: 1, unknown: 1 })
})
