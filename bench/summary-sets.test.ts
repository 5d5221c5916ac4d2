import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readSet } from './summary-sets.ts'

const setOf = (...lines: object[]): string => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'sets-')), 'set.jsonl')
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  return file
}
const MESSAGES = [
  { message_id: 'm0', role: 'user', speaker: 'Ann', content: 'Are you in? It is 9:30.' },
  { message_id: 'm1', role: 'user', speaker: 'Bob', content: 'Yes, come up.' },
]

test('reads turns with references', () => {
  const turns = MESSAGES.map(({ speaker, content }) => ({ role: speaker, text: content }))
  expect(readSet(setOf({ id: 1, turns, references: ['Ann visits Bob.'] }))).toEqual([
    { messages: MESSAGES, references: ['Ann visits Bob.'] },
  ])
})

test('reads a whole dialogue with one summary or several', () => {
  const dialogue = 'Ann: Are you in?\nIt is 9:30.\nBob: Yes, come up.'
  expect(
    readSet(
      setOf({ dialogue, summary1: 'One.', summary2: 'Two.', topic1: 'visit' }, { dialogue, summary: 'One.' }),
    ),
  ).toEqual([
    { messages: MESSAGES, references: ['One.', 'Two.'] },
    { messages: MESSAGES, references: ['One.'] },
  ])
})

test('says which line is no conversation', () => {
  expect(() =>
    readSet(setOf({ dialogue: 'Ann: Hi.', summary: 'Ann greets.' }, { dialogue: 'Ann: Hi.' })),
  ).toThrow(/set\.jsonl:2: .*no references/)
})
