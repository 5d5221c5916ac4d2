import { expect, test } from 'vitest'
import { readAnswer } from './read-answer.ts'
import { verdictJob } from './testing/test-job.ts'

const GOOD = { headline: 'Refund agreed', score: 4 }
const ONE = JSON.stringify(GOOD)
const read = (text: string) => readAnswer(text, verdictJob.schema)

test.each([
  ['in two lines', `${ONE}\n${ONE}`],
  ['without anything between', ONE.repeat(2)],
  ['with its members in another order', `${ONE} {"score": 4, "headline": "Refund agreed"}`],
  ['in two fences', `\`\`\`json\n${ONE}\n\`\`\`\n`.repeat(2)],
])('an answer that was sent twice %s is one', (_, text) => {
  expect(read(text)).toEqual({ ok: true, output: GOOD })
})

test('braces, quotes and backslashes in the words of an answer sent twice stay what they are', () => {
  const tricky = { headline: 'He wrote "}{" and \\ and {', score: null }
  expect(read(JSON.stringify(tricky).repeat(2))).toEqual({ ok: true, output: tricky })
})

test.each([
  ['one after the other', (one: string, other: string) => `${one}\n${other}`],
  ['in two fences', (one: string, other: string) => `\`\`\`\n${one}\n\`\`\`\n\`\`\`\n${other}\n\`\`\``],
])('of two different answers %s neither is taken', (_, join) => {
  const answer = read(join(ONE, JSON.stringify({ ...GOOD, score: 1 })))
  expect(answer).toEqual({ ok: false, problem: 'It holds several JSON objects that differ; send one.' })
})

test.each([
  ['cut', ONE.slice(0, -3)],
  ['cut, with something whole within', `{"verdict": ${ONE}, "more`],
  ['no JSON', 'In {this} form.'],
])('an answer that is %s is none', (_, text) => {
  expect(read(text)).toEqual({ ok: false, problem: 'It is not valid JSON.' })
})
