import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { summarizeOffline } from './summarize.ts'
import type { TranscriptMessage } from './transcript.ts'

/** `speaker: words` a line. */
const talk = (text: string): TranscriptMessage[] =>
  text
    .trim()
    .split('\n')
    .map((line, at) => {
      const [speaker = '', ...words] = line.trim().split(': ')
      return { message_id: `m${at}`, role: 'user', speaker, content: words.join(': ') }
    })

const RESTAURANT = talk(`
  Ann: Good morning, sir. What can I do for you?
  Bob: Hi. I'd like to book a table for two this evening. Do you have anything by the window?
  Ann: Let me check. I'm afraid the window tables are all taken until nine. Would you like a table in the garden instead?
  Bob: That sounds great. How much is the set menu?
  Ann: It's forty dollars per person, and you can choose from three main courses.
  Bob: OK, I'll take it. Could you tell me how to get there from the station?
  Ann: Sure. Turn left at the bank and walk two blocks.
  Bob: Thank you for your help.`)

test('tells the most telling sentences in the third person, each with its message', () => {
  const { text, lines } = summarizeOffline(RESTAURANT)
  expect(lines).toContainEqual({ text: 'Bob wants to book a table for two this evening.', evidence: ['m1'] })
  expect(text).toBe(lines.map((line) => line.text).join(' '))
  expect(text.split(' ').length).toBeLessThan(45)
})

test('says more when details are wanted', () => {
  const words = (length: 'brief' | 'detailed') =>
    summarizeOffline(RESTAURANT, { length }).text.split(' ').length
  expect(words('detailed')).toBeGreaterThan(words('brief'))
})

test('never leaves out the severest words, wherever they stand', () => {
  const quiet = Array.from(
    { length: 30 },
    (_, at) => `Ann: The delivery for the north gate number ${at} is late.`,
  )
  const { lines } = summarizeOffline(
    talk([...quiet.slice(0, 17), 'Bob: Help, my colleague is not breathing!', ...quiet.slice(17)].join('\n')),
  )
  expect(lines).toContainEqual(expect.objectContaining({ evidence: ['m17'] }))
  expect(lines.map(({ text }) => text).join(' ')).toContain('not breathing')
})

test('tells the last word on an emergency beside the worst', () => {
  const { lines } = summarizeOffline(
    talk(`
      Ravi: There was an explosion in the boiler room.
      Ava: Are you safe? Where are you now?
      Ravi: My colleague is not breathing and I dont know what to do.
      Ava: Start chest compressions now. Push hard in the middle of the chest.
      Ravi: ok im doing it
      Ravi: he is breathing again!
      Ava: Good. I'll stay with you until the ambulance is there.`),
  )
  const told = lines.map(({ text }) => text)
  expect(told).toContain(
    "Ravi tells Ava that Ravi's colleague is not breathing and Ravi doesn't know what to do.",
  )
  expect(told).toContain('Ravi tells Ava he is breathing again.')
})

test('tells who is hurt, where, what threatens and what was answered, in a call', () => {
  const call = talk(`
    Sunil: my friend Leon touched the cable and he is on the floor of bay 12
    Ava: Do not touch him while the power is on. Can you switch it off?
    Sunil: I dont know where the switch is
    Ava: Look for a red handle beside the door.
    Sunil: found it, its off now
    Ava: Is he breathing?
    Sunil: No.
    Ava: Start chest compressions. I have sent the ambulance.
    Sunil: ok`).map((message) => ({ ...message, role: message.speaker === 'Ava' ? 'admin' : 'user' }))
  const { lines } = summarizeOffline(call, { length: 'detailed' })
  const text = lines.map((line) => line.text).join(' ')
  for (const fact of ['Leon touched the cable', 'bay 12', 'chest compressions', 'ambulance'])
    expect(text).toContain(fact)
  expect(lines).toContainEqual({
    text: 'Ava asks Sunil if he is breathing, but Sunil says no.',
    evidence: ['m5', 'm6'],
  })
  expect(text).not.toContain('refuses')
})

test('keeps apart in an emergency what was said at different times', () => {
  const { lines } = summarizeOffline(
    talk(`
      Ravi: My colleague is not breathing.
      Ava: Start chest compressions.
      Ravi: He is breathing again.`),
  )
  for (const { evidence } of lines) expect(evidence).not.toEqual(expect.arrayContaining(['m0', 'm2']))
})

test('tells in one line what a person says in a row', () => {
  const { lines } = summarizeOffline(
    talk(`
      Ann: I have lost the key of the store room. I need the pump from it.
      Bob: I will bring it.`),
  )
  expect(lines).toEqual([
    {
      text: 'Ann has lost the key of the store room and needs the pump from it.',
      evidence: ['m0'],
    },
  ])
})

test('leaves clinical notes in the words of the people', () => {
  const { text } = summarizeOffline(
    talk('Doctor: What brings you in?\nPatient: I have had low back pain for eight years.'),
    {
      style: 'clinical',
    },
  )
  expect(text).toContain('I have had low back pain for eight years.')
})

test.each([
  ['Hindi', 'मुझे मदद चाहिए। यहाँ आग लग गई है। जल्दी आओ।', 'आग लग गई'],
  ['Arabic', 'السلام عليكم. اندلع حريق في المستودع. نحن في الطابق الثاني.', 'حريق'],
  ['Spanish', 'Hola. Mi compañero no respira. Estamos en el almacén norte.', 'no respira'],
])('quotes %s in its own words, the severest among them', (_, content, severest) => {
  const { lines } = summarizeOffline([{ message_id: 'm1', role: 'user', speaker: 'Asha', content }])
  expect(lines.map(({ text }) => text).join(' ')).toContain(severest)
  for (const { text, evidence } of lines) {
    expect(text).toMatch(/^Asha: “.+”$/)
    expect(evidence).toEqual(['m1'])
  }
})

test.each([
  ['nobody speaks', []],
  ['nobody says anything', talk('Ann: ...\nBob: 🙂')],
  [
    'only the system speaks',
    [{ message_id: 's', role: 'system', speaker: 'System', content: 'The call has ended.' }],
  ],
])('has no lines when %s', (_, messages) => {
  expect(summarizeOffline(messages)).toEqual({ text: '', lines: [] })
})

test('names only messages that are there, whatever is written', () => {
  const message = fc.record({
    message_id: fc.uuid(),
    role: fc.constantFrom('user', 'admin', 'system'),
    speaker: fc.constantFrom('Ann', 'Bob', 'Cy'),
    content: fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('Could you send the ambulance to me?', 'I am here, are you?', 'I will do it.'),
    ),
  })
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 12 }),
      fc.constantFrom('dialogue' as const, 'clinical' as const, 'meeting' as const),
      (messages, style) => {
        const ids = new Set(messages.map(({ message_id }) => message_id))
        for (const { text, evidence } of summarizeOffline(messages, { style }).lines) {
          expect(text).not.toBe('')
          expect(evidence.length).toBeGreaterThan(0)
          expect(evidence.every((id) => ids.has(id))).toBe(true)
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('keeps up with ten thousand messages', () => {
  const long = Array.from({ length: 10_000 }, (_, at) => ({
    message_id: `m${at}`,
    role: 'user',
    speaker: at % 2 === 0 ? 'Ann' : 'Bob',
    content: `Truck ${at} left gate ${at % 7} with the ${['pump', 'crane', 'valve'][at % 3] ?? ''} for hall ${at % 11}.`,
  }))
  const before = process.cpuUsage()
  expect(summarizeOffline(long).lines.length).toBeGreaterThan(0)
  // A quadratic method takes minutes of the processor's time here; this takes a second or two.
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(20)
})

test.each([
  ['Help', 'Ann says “Help”.'],
  ['Thanks!', 'Ann thanks the other side.'],
  ['ok', 'Ann: “ok”'],
  ['My hand is bleeding', 'Ann says that Ann’s hand is bleeding.'],
])('tells also what one has written alone: "%s"', (content, text) => {
  const message = { message_id: 'm1', speaker: 'Ann', role: 'user', content }
  expect(summarizeOffline([message]).text.replaceAll("'", '’')).toBe(text)
})
