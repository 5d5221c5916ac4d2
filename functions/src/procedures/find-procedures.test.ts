import { expect, test } from 'vitest'
import { createProcedureIndex } from './find-procedures.ts'
import { fromStandard } from './from-standard.ts'
import { STANDARD_PROCEDURES } from './standard/standard-procedures.ts'
import { BOTH, EVERYDAY, IN_TROUBLE } from './testing/everyday-phrasings.ts'
import { FRESH_OTHERS } from './testing/fresh-phrasings.ts'
import { HELD_OUT, OTHERS, PHRASINGS } from './testing/phrasings.ts'

const index = createProcedureIndex(STANDARD_PROCEDURES.map(fromStandard))
const idsFor = (text: string) => index.find(text).map(({ procedure }) => procedure.procedure_id)

/** The share of texts whose procedure is among the first so many. */
const hits = (list: typeof PHRASINGS, among: number): number =>
  list.filter(([text, wanted]) => idsFor(text).slice(0, among).includes(wanted)).length / list.length

test('the right procedure is found for our own phrasings, with typing errors and in four languages', () => {
  expect({ texts: PHRASINGS.length, first: hits(PHRASINGS, 1), three: hits(PHRASINGS, 3) }).toEqual({
    texts: 67,
    first: 1,
    three: 1,
  })
})

test('phrasings that no keyword was chosen for: hit@1 and hit@3 35 of 35', () => {
  expect(HELD_OUT).toHaveLength(35)
  expect(hits(HELD_OUT, 1)).toBe(1)
  expect(hits(HELD_OUT, 3)).toBe(1)
})

test.each([
  ['glass went deep into his arm', 'severe-bleeding'],
  ['deep into his arm the glass went', 'severe-bleeding'],
  ['her ankle is twisted', 'fracture'],
  ['he was pulled in by the conveyor', 'machine-entanglement'],
])('words are understood by their kind, in any order: "%s"', (text, wanted) => {
  expect(idsFor(text)[0]).toBe(wanted)
})

test.each([
  'we pulled him out',
  'my eyes are tired',
  'the machine needs oil',
  'the fire drill is at ten and the gas bill has come',
])(
  'a verb without its particle, a word that is nearly another, a thing, an idiom: nothing for "%s"',
  (text) => {
    expect(idsFor(text)).toEqual([])
  },
)

test.each([...OTHERS, ...FRESH_OTHERS])('nothing is found for "%s"', (text) => {
  expect(idsFor(text)).toEqual([])
})

test('what is denied is not searched for, unless the denial is the emergency', () => {
  expect(idsFor('no fire here, but he is not breathing')[0]).toBe('not-breathing')
  expect(idsFor('no fire here, but he is not breathing')).not.toContain('fire-smoke')
  expect(idsFor('nobody is bleeding')).toEqual([])
})

test('a text of 4,000 characters is searched in a moment', () => {
  const text = 'the pipe in hall four is leaking and nobody knows why '.repeat(74)
  const before = process.cpuUsage()
  index.find(text)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(500)
})

test.each([
  'Gate B is the nearest way in for a lift, the main gate is blocked by a truck',
  'There is a gap of maybe 40 cm between the platform and the wall now',
  'The scaffold on the north side moved. I do not dare to walk.',
])('a word that is spelled right is not taken for another: "%s"', (text) => {
  expect(idsFor(text)).toEqual([])
})

test('everyday messages with a word of an emergency: nothing for 34 of 35, and the right for 28 of 30 people in trouble', () => {
  expect(EVERYDAY).toHaveLength(35)
  expect(EVERYDAY.filter((text) => idsFor(text).length > 0)).toEqual([
    'the team is on fire this season, five wins',
  ])
  expect(IN_TROUBLE).toHaveLength(30)
  expect(IN_TROUBLE.filter(([text, ...right]) => !right.includes(idsFor(text)[0] ?? ''))).toHaveLength(2)
})

test.each(BOTH)('an everyday word does not hide who is hurt: "%s"', (text, right) => {
  expect(idsFor(text)[0]).toBe(right)
})

test('a word of another language is no shortened word of English', () => {
  expect(idsFor('har din kaam hai')).toEqual([])
  expect(idsFor('he hangs in his harness')[0]).toBe('fall-suspension')
})
