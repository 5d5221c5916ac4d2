import { describe, expect, test } from 'vitest'
import { SENTENCES } from './testing/sentences.ts'
import { urgencyFloor } from './urgency-floor.ts'

/** One sentence a line. */
const table = (lines: string): [string][] =>
  lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => [line])

describe.each(Object.entries(SENTENCES))('%s', (urgency, lines) => {
  test.each(table(lines))('%s', (sentence) => {
    expect(urgencyFloor(sentence).floor).toBe(urgency === 'NOTHING' ? null : urgency)
  })
})

test('the table has more than 150 sentences, and each once', () => {
  const all = Object.values(SENTENCES).flatMap(table).flat()
  expect(all.length).toBeGreaterThan(150)
  expect(new Set(all).size).toBe(all.length)
})

describe('the evidence', () => {
  test('names the places in the text as it was written, most urgent first', () => {
    const text = 'My chest hurts. Ali is nót  bre\u200Bathing 🆘!'
    const { cues } = urgencyFloor(text)
    expect(cues.map(({ urgency, text }) => [urgency, text])).toEqual([
      ['CRITICAL', 'nót  bre\u200Bathing'],
      ['CRITICAL', '🆘'],
      ['HIGH', 'chest hurts'],
    ])
    for (const cue of cues) expect(text.slice(cue.start, cue.end)).toBe(cue.text)
  })

  test('is there whenever there is a floor, never overlaps and stays short', () => {
    const text = 'fire not breathing bleeding heavily he fell off the roof '.repeat(70)
    const { floor, cues } = urgencyFloor(text)
    expect([floor, cues.length]).toEqual(['CRITICAL', 8])
    const inOrder = cues.toSorted((a, b) => a.start - b.start)
    for (const [i, cue] of inOrder.entries())
      expect(cue.start).toBeGreaterThanOrEqual(inOrder[i - 1]?.end ?? 0)
  })

  test('never breaks on what is no text of anybody', () => {
    for (const text of [
      '',
      ' ',
      '\uD83D',
      '\uDC00fire',
      '\u0301',
      '‮not breathing',
      '?'.repeat(4_000),
      'not '.repeat(1_000),
    ]) {
      expect(() => urgencyFloor(text)).not.toThrow()
    }
  })
})
