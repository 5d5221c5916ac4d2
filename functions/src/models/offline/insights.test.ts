import { expect, test } from 'vitest'
import { insightsOffline } from './insights.ts'

const talk = (...lines: string[]) =>
  lines.map((line, at) => {
    const [speaker = '', ...words] = line.split(': ')
    return { message_id: `m${at}`, role: 'user', speaker, content: words.join(': ') }
  })

test('takes an emergency for no good news, and tells severity from feeling', () => {
  const { sentiment, severity } = insightsOffline(
    talk('Asha: My husband is not breathing, please help me', 'Ava: Stay calm, help is needed'),
  )
  expect(sentiment.label).not.toBe('positive')
  expect(severity).toEqual({ level: 'CRITICAL', evidence: ['m0'] })
})

test.each([
  ['positive', 'Thank you so much, that works great'],
  ['positive', 'No problem, I am happy with it'],
  ['negative', 'This is terrible, it failed again and nobody told us'],
  ['negative', 'I am not happy'],
  ['negative', "Sorry, it still doesn't work"],
  ['neutral', 'The delivery comes at nine'],
  ['neutral', 'please help, stay calm'],
] as const)('reads as %s: %s', (label, words) => {
  expect(insightsOffline(talk(`Ann: ${words}`)).sentiment).toMatchObject({
    label,
    evidence: label === 'neutral' ? [] : ['m0'],
  })
})

test('lets the end of a conversation count more than its beginning', () => {
  expect(
    insightsOffline(talk('Ann: That is terrible', 'Bob: It is fixed', 'Ann: Great, thanks')).sentiment.label,
  ).toBe('positive')
})

test('finds no severity where nobody speaks of an emergency', () => {
  expect(insightsOffline(talk('Ann: The fire drill went well')).severity).toEqual({
    level: null,
    evidence: [],
  })
})

test('names what is spoken of, longest phrase first, with the messages', () => {
  const { keywords } = insightsOffline(
    talk(
      'Ann: There is a gas leak in the boiler room',
      'Bob: Is the gas leak near the boiler room door?',
      'Ann: Yes, the gas leak is there',
    ),
  )
  expect(keywords[0]).toEqual({ keyword: 'gas leak', evidence: ['m0', 'm1', 'm2'] })
  expect(keywords.map(({ keyword }) => keyword)).not.toContain('gas')
})

test('lists what somebody has undertaken or was told to do, and whose it is', () => {
  const { action_items } = insightsOffline(
    talk(
      'Ann: Did you have a nice weekend?',
      'Bob: If I were rich I would have gone to sea.',
      'Ann: Please send the report to the supplier by Friday.',
      "Bob: OK. I'll call the supplier tomorrow.",
    ),
  )
  expect(action_items).toEqual([
    { text: 'Ann asks Bob to send the report to the supplier by Friday.', owner: 'Bob', evidence: ['m2'] },
    { text: 'Bob will call the supplier tomorrow.', owner: 'Bob', evidence: ['m3'] },
  ])
})

test('reads what it can of other languages and invents no tasks', () => {
  const { severity, action_items, keywords } = insightsOffline(talk('Asha: यहाँ आग लग गई है, गोदाम में धुआँ है'))
  expect(severity.level).not.toBeNull()
  expect(action_items).toEqual([])
  expect(keywords.every(({ evidence }) => evidence[0] === 'm0')).toBe(true)
})

test('has nothing to say of nothing', () => {
  expect(insightsOffline([])).toEqual({
    sentiment: { label: 'neutral', score: 0, evidence: [] },
    severity: { level: null, evidence: [] },
    keywords: [],
    action_items: [],
  })
})
