import { expect, test } from 'vitest'
import { callByNames } from './names.ts'
import { summarizeOffline } from './summarize.ts'
import { readTranscript, type TranscriptMessage } from './transcript.ts'

/** `speaker: words` a line. */
const talk = (...lines: string[]): TranscriptMessage[] =>
  lines.map((line, at) => {
    const [speaker = '', ...words] = line.split(': ')
    return { message_id: `m${at}`, role: 'user', speaker, content: words.join(': ') }
  })
const namesIn = (...lines: string[]): string[] => {
  const { transcript } = callByNames(readTranscript(talk(...lines)))
  return [...new Set(transcript.messages.map(({ speaker }) => speaker))]
}

test.each([
  [
    ['user_1: Hello, Ben. Is the lesson ready?', 'user_2: Almost.'],
    ['user_1', 'Ben'],
  ],
  [
    ['user_1: Have you paid the bill, Mr. Faber?', 'user_2: Not yet. Can you wait, Clara?'],
    ['Clara', 'Mr. Faber'],
  ],
  [
    ['user_1: Good morning, this is Monica speaking.', 'user_2: How can I help you?'],
    ['Monica', 'user_2'],
  ],
])('people known by stand-ins only are called as they call each other: %j', (lines, names) => {
  expect(namesIn(...lines)).toEqual(names)
})

test.each([
  ['has a name already', ['Ravi: Hello, Ben. Is it ready?', 'Asha: Almost.']],
  ['are more than two', ['user_1: Hello, Ben. Is it ready?', 'user_2: Almost.', 'user_3: Is it?']],
  ['are called by two names', ['user_1: Are you there, Ben?', 'user_2: Yes.', 'user_1: Can you come, Carl?']],
  ['are both called the same', ['user_1: Hello, Ben.', 'user_2: Hello, Ben. How are you?']],
  ['tell of somebody else', ['user_1: I go home to my dog, Rusty.', 'user_2: That is nice.']],
  ['begin with a word that is no name', ['user_1: Fine, what size do you want?', 'user_2: Second, you pay.']],
  ['tell of a place', ['user_1: Did you fly to Helsinki, Finland?', 'user_2: Yes.']],
  ['are called by no name', ['user_1: Are you all right, Mom?', 'user_2: Sure, honey, I am fine.']],
])('nobody is given a name where people %s', (_, lines) => {
  const speakers = [...new Set(lines.map((line) => line.split(': ')[0] ?? ''))]
  expect(namesIn(...lines)).toEqual(speakers)
})

test('a name is proven by the message that says it, and what is asked and confirmed is told as so', () => {
  const { lines } = summarizeOffline(
    talk(
      'user_1: Hello, Ben.',
      'user_2: Hi there.',
      'user_1: Have you finished the report about the harbour?',
      'user_2: Yes.',
    ),
  )
  expect(lines).toEqual([
    { text: 'Ben has finished the report about the harbour.', evidence: ['m2', 'm3', 'm0'] },
  ])
})

test('what means another thing in a statement stays a question', () => {
  const { text } = summarizeOffline(
    talk('Ann: Have you ever repaired a water pump?', 'Bob: Yes, I have.', 'Ann: OK.'),
  )
  expect(text).toBe('Ann asks if Bob has ever repaired a water pump, and Bob says yes.')
})

test('in a call people keep their names, and a question its answer', () => {
  const call = talk(
    'worker-7: Hello, Ben. A man fell from the roof.',
    'Ava: Is he breathing?',
    'worker-7: Yes.',
  ).map((message) => ({ ...message, role: message.speaker === 'Ava' ? 'admin' : 'user' }))
  const { text } = summarizeOffline(call)
  expect(text).toContain('Ava asks worker-7 if he is breathing, and worker-7 says yes.')
  expect(text).not.toMatch(/\bBen (?:tells|says yes)/)
})
