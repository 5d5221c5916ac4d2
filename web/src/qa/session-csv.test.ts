import { describe, expect, test } from 'vitest'
import { csvCell, sessionCsv, sessionJson, toCsv } from './session-csv.ts'
import { answerOf, sessionOf, summaryOf } from './session.fixture.ts'

describe('a cell', () => {
  test.each([
    ['plain', 'plain'],
    ['with, comma', '"with, comma"'],
    ['says "so"', '"says ""so"""'],
    ['two\nlines', '"two\nlines"'],
    [' kept ', '" kept "'],
    ['रवि 🙂', 'रवि 🙂'],
    ['', ''],
    [null, ''],
    [undefined, ''],
    [-0.5, '-0.5'],
  ])('of %j is written as %j', (value, expected) => {
    expect(csvCell(value)).toBe(expected)
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =HYPERLINK("x")', '\n=1', '＝1', '\uFEFF=1'])(
    'that begins like a formula, %j, is made text',
    (value) => {
      expect(csvCell(value).replace(/^"/, '')).toMatch(/^'/)
    },
  )
})

test('a file begins with the mark that says UTF-8, and its lines end as the RFC has them', () => {
  expect(
    toCsv([
      ['a', 1],
      ['b', null],
    ]),
  ).toBe('\uFEFFa,1\r\nb,\r\n')
})

describe('a session as a table', () => {
  const session = sessionOf({
    status: 'completed',
    question: '=cmd|calc',
    responses: [answerOf('LEAD-1', { answer: '@me, "now"' })],
    summary: summaryOf({
      panel: {
        ...summaryOf().panel,
        dissent: [{ lead_id: 'LEAD-3', full_name: 'Zoë', sentiment: 'negative', answer: '+never' }],
        controls: { asked: 2, right: 1, questions: [{ question: 'How old?', asked: 2, right: 1 }] },
      },
    }),
    failed_prospects: [{ lead_id: 'LEAD-2', full_name: null, reason: 'gave-up' }],
    total_responded: 1,
  })
  const lines = sessionCsv(session).trimEnd().split('\r\n')

  test('has every answer, whoever failed, and the summary with its warnings, each called simulated', () => {
    const records = lines.slice(1).map((line) => line.split(',')[0])
    expect(records).toEqual([
      'status',
      'summary',
      'insight',
      'theme',
      'sentiment positive',
      'sentiment neutral',
      'sentiment negative',
      'sentiment unknown',
      'label',
      'warning',
      'n',
      'spread wording',
      'spread sentiment',
      'mean confidence',
      'nearly identical answers',
      'noise within person',
      'noise between people',
      'control',
      'dissent',
      'answer',
      'failed',
    ])
    expect(lines.slice(1).every((line) => line.endsWith(',simulated'))).toBe(true)
  })

  test('keeps who stands against the majority, and how the control questions went', () => {
    expect(lines.find((line) => line.startsWith('dissent,'))).toMatch(/,LEAD-3,Zoë,.*,negative,'\+never,/)
    expect(lines.find((line) => line.startsWith('control,'))).toContain('How old? 1 of 2 right')
  })

  test('holds the confidence, its parts and the facts, and no formula', () => {
    const answer = lines.find((line) => line.startsWith('answer,'))
    expect(answer).toContain("'=cmd|calc")
    expect(answer).toContain('"\'@me, ""now"""')
    expect(answer).toContain(',0.5,1,1,0.5,')
    expect(answer).toContain('[F-1] statement: @me')
  })
})

test('the JSON says first that it is simulated, and holds the whole session', () => {
  const session = sessionOf({ responses: [answerOf('LEAD-1')] })
  const parsed = JSON.parse(sessionJson(session)) as Record<string, unknown>
  expect(Object.keys(parsed)[0]).toBe('notice')
  expect(parsed).toMatchObject({ ...session, notice: expect.stringContaining('Simulated') as string })
})
