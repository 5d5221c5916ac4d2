import { MAX_PROSPECTS } from '@lifeline/functions/contract'
import { describe, expect, test } from 'vitest'
import {
  type Draft,
  EMPTY_DRAFT,
  MAX_QUESTION,
  choose,
  countCharacters,
  draftOf,
  leaveOut,
  problemsOf,
  toRequest,
} from './draft.ts'
import { persona, sessionOf } from './session.fixture.ts'

const ready: Draft = { ...choose(EMPTY_DRAFT, [persona('LEAD-1')]), question: ' What worries you? ' }

test('an emoji is one character', () => {
  expect(countCharacters('a🙂')).toBe(2)
})

describe('choosing', () => {
  test('keeps the order, takes nobody twice, and leaves out', () => {
    const draft = choose(choose(EMPTY_DRAFT, [persona('b'), persona('a')]), [persona('b'), persona('c')])
    expect([...draft.chosen.keys()]).toEqual(['b', 'a', 'c'])
    expect([...leaveOut(draft, ['a', 'x']).chosen.keys()]).toEqual(['b', 'c'])
  })

  test('stops at as many as a session takes', () => {
    const crowd = Array.from({ length: MAX_PROSPECTS + 5 }, (_, at) => persona(`LEAD-${at}`))
    expect(choose(EMPTY_DRAFT, crowd).chosen.size).toBe(MAX_PROSPECTS)
  })
})

describe('a draft can be sent', () => {
  test('when nothing is missing', () => {
    expect(problemsOf(ready)).toEqual({})
    expect(problemsOf({ ...ready, question: '🙂'.repeat(MAX_QUESTION) })).toEqual({})
  })

  test.each<[string, Partial<Draft>, object]>([
    ['without a question', { question: ' \n' }, { question: 'Write the question.' }],
    [
      'with one too long',
      { question: 'x'.repeat(MAX_QUESTION + 1) },
      { question: 'The question is 1 character too long.' },
    ],
    ['without anybody to ask', { chosen: new Map() }, { prospects: 'Choose at least one prospect.' }],
    [
      'with an empty line of context',
      { context: [{ key: 0, name: ' ', value: 'x' }] },
      { context: 'Every line needs something in it. Take away what is not needed.' },
    ],
    [
      'with a name twice',
      {
        context: [
          { key: 0, name: 'a', value: '1' },
          { key: 1, name: 'a ', value: '2' },
        ],
      },
      { context: 'Two lines have the same name.' },
    ],
    [
      'with a name that is taken',
      { context: [{ key: 0, name: 'control_questions', value: '1' }] },
      { context: '“control_questions” is the name of the control questions below.' },
    ],
  ])('not %s', (_what, part, problems) => {
    expect(problemsOf({ ...ready, ...part })).toEqual(problems)
  })
})

test('asks as the API wants it, and asked again is the same', () => {
  const image = { name: 'offer.png', type: 'image/png', base64: 'AAAA' }
  const draft: Draft = {
    ...ready,
    image,
    context: [{ key: 0, name: 'campaign_id ', value: 'CAMP-1' }],
    controls: [{ key: 0, question: 'What do you do? ', field: 'occupation' }],
  }
  const request = toRequest(draft)
  expect(request).toEqual({
    question: 'What worries you?',
    prospect_ids: ['LEAD-1'],
    image_base64: 'AAAA',
    image_mime_type: 'image/png',
    context: {
      campaign_id: 'CAMP-1',
      control_questions: [{ question: 'What do you do?', expected_field: 'occupation' }],
    },
  })
  const session = sessionOf({
    question: request.question,
    target_prospects: [persona('LEAD-1')],
    context: request.context ?? {},
  })
  expect(toRequest(draftOf(session, image))).toEqual(request)
})

test('what in a context is no text becomes JSON when it is asked again', () => {
  const { context } = draftOf(sessionOf({ context: { depth: { a: 1 } } }), null)
  expect(context).toEqual([{ key: 0, name: 'depth', value: '{"a":1}' }])
})
