import { expect, test } from 'vitest'
import type { Model } from '../models/model.ts'
import type { TranscriptMessage } from '../models/offline/transcript.ts'
import { createOfflineModel } from '../models/offline-model.ts'
import { STANDARD_PROCEDURES } from '../procedures/standard/standard-procedures.ts'
import type { SummaryContent } from './schema.ts'
import { summarize } from './summarize.ts'
import { summarizeJob } from './summarize-job.ts'
import { transcriptOf } from './testing/transcripts.ts'

/** As the assistant writes it (`toMessage`). */
const quoting = (...ids: string[]): string =>
  [
    'I am an automatic assistant, not a person.',
    ...ids.flatMap((id) => {
      const found = STANDARD_PROCEDURES.find(({ procedure_id }) => procedure_id === id)
      if (found === undefined) throw new Error(`there is no procedure ${id}`)
      const steps = found.steps.map((step, at) => `${at + 1}. ${step}`)
      return ['', found.title, ...steps, ...found.avoid.map((step) => `✕ ${step}`)]
    }),
    '',
    'If the emergency services tell you something else, do what they say.',
  ].join('\n')

const assistant = (message_id: string, content: string): TranscriptMessage => ({
  message_id,
  speaker: 'the assistant',
  role: 'assistant',
  content,
})
const [hello, cut, arjun, ambulance, slower] = transcriptOf(`
  Ravi: Hello, there was an accident in hall 4
  Ravi: My colleague cut his arm on a machine and it is bleeding a lot
  Ravi: His name is Arjun and he is 34. What should I do?
  Ava: I have called an ambulance for Arjun to gate 2.
  Ravi: The bleeding is slower now. Where is gate 2?
`) as [TranscriptMessage, TranscriptMessage, TranscriptMessage, TranscriptMessage, TranscriptMessage]
const answer = assistant('a1', quoting('severe-bleeding', 'machine-entanglement'))
const CALL = [hello, cut, arjun, answer, ambulance, slower]

const offline = async (transcript: readonly TranscriptMessage[], type: 'brief' | 'detailed' = 'detailed') =>
  (await summarize({ model: createOfflineModel() }, transcript, { type })).output
const citing = (content: SummaryContent, id: string) =>
  [
    ...content.lines,
    ...content.done,
    ...content.open_questions,
    ...content.action_items,
    ...content.keywords,
  ].filter(({ evidence }) => evidence.includes(id))

test.each(['brief', 'detailed'] as const)(
  'a %s summary is about people: of all that the assistant said there is one line',
  async (type) => {
    const content = await offline(CALL, type)
    const line = {
      text: 'The assistant gave the steps for “Severe bleeding”, “Caught in a machine”.',
      evidence: ['a1'],
    }
    expect(content.lines.at(-1)).toEqual(line)
    expect(citing(content, 'a1')).toEqual([line])
    expect(content.lines.some(({ evidence }) => evidence.includes('m2'))).toBe(true)
    expect(content.done).toEqual([
      { text: 'Ava: “I have called an ambulance for Arjun to gate 2.”', evidence: ['m4'] },
    ])
    expect(content.keywords.map(({ keyword }) => keyword.toLowerCase())).not.toContain('cloth')
  },
)

test('but for that line it is as it would be without the assistant', async () => {
  const { lines, ...rest } = await offline(CALL)
  const { lines: without, ...same } = await offline(CALL.filter((message) => message !== answer))
  expect(lines.slice(0, -1)).toEqual(without)
  expect(rest).toEqual(same)
})

test('many answers are one line still, with the latest procedures', async () => {
  const later = ['burns', 'fracture', 'panic', 'stroke'].map((id, at) => assistant(`b${at}`, quoting(id)))
  const { lines } = await offline([hello, cut, answer, ...later, slower])
  const ours = lines.filter(({ evidence }) => evidence.some((id) => /^[ab]/.test(id)))
  expect(ours).toHaveLength(1)
  expect(ours[0]?.text).toContain('“Burns and scalds”')
  expect(ours[0]?.text).not.toContain('Severe bleeding')
  expect(ours[0]?.evidence).toEqual(['a1', 'b0', 'b1', 'b2', 'b3'])
})

test('a question that the assistant answered with steps is not open, and one that it only asked back about is', async () => {
  const asking = { ...arjun, message_id: 'q' }
  const given = await offline([asking, answer])
  expect(given.open_questions).toEqual([])
  const unknown = assistant('u', 'I have no procedure for what you wrote. Is anybody hurt?')
  const open = await offline([asking, unknown])
  expect(open.open_questions.map(({ evidence }) => evidence)).toEqual([['q']])
  expect(open.lines.at(-1)).toEqual({
    text: 'The assistant answered: “I have no procedure for what you wrote. Is anybody hurt?”',
    evidence: ['u'],
  })
})

test('a model is told which steps were given and not the steps, and what it makes of them all the same is dropped', async () => {
  const prompts: string[] = []
  const model: Model = {
    run: async (job, input) => {
      prompts.push(
        job
          .prompt(input)
          .map(({ content }) => content)
          .join('\n'),
      )
      const output: SummaryContent = {
        lines: [
          { text: 'Press hard on the wound with a clean cloth.', evidence: ['a1'] },
          { text: 'Lock the machine so that nobody can start it again.', evidence: ['a1'] },
          { text: 'A colleague cut his arm and is bleeding a lot.', evidence: ['m2'] },
        ],
        done: [{ text: 'They were told to lie down.', evidence: ['a1'] }],
        open_questions: [],
        action_items: [{ text: 'Put on gloves', owner: null, evidence: ['a1'] }],
        sentiment: 'negative',
        keywords: [
          { keyword: 'cloth', evidence: ['a1'] },
          { keyword: 'arm', evidence: ['m2', 'a1'] },
        ],
      }
      return { output: output as never, model: 'eager', isFallback: false }
    },
  }
  const { output, model: by } = await summarize({ model }, CALL, { type: 'brief' })
  expect(by).toBe('eager')
  expect(output.lines.map(({ text }) => text)).toEqual([
    'A colleague cut his arm and is bleeding a lot.',
    'The assistant gave the steps for “Severe bleeding”, “Caught in a machine”.',
  ])
  expect([output.done, output.action_items, output.keywords.map(({ keyword }) => keyword)]).toEqual([
    [],
    [],
    ['arm'],
  ])
  expect(prompts[0]).toContain('(gives the steps for: Severe bleeding; Caught in a machine)')
  expect(prompts[0]).not.toContain('clean cloth')
})

test('what a person writes in the shape of steps is told in full', () => {
  const tail = [{ ...hello, content: 'Plan\n1. Leave' }]
  const [, prompt] = summarizeJob.prompt({ type: 'brief', transcript: tail, parts: [], tail })
  expect(prompt?.content).toContain(String.raw`Plan\n1. Leave`)
})
