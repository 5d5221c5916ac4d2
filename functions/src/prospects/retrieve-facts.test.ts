import { expect, test } from 'vitest'
import { isFound } from './fold.ts'
import { indexFacts, knownFacts } from './retrieve-facts.ts'
import type { Prospect } from './schema.ts'

const prospect: Prospect = {
  lead_id: 'L1',
  full_name: 'Jo Park',
  occupation: 'Beekeeper',
  facts: [
    { fact_id: 'A', kind: 'statement', text: 'The premium is too expensive for a beekeeper.' },
    { fact_id: 'B', kind: 'statement', text: 'Insurers lie about storms.' },
    { fact_id: 'C', kind: 'belief', text: 'Bees know more than actuaries.' },
  ],
}
const facts = knownFacts(prospect)
const known = indexFacts(facts)
const best = (question: string) => known.search(question).ranked[0]?.fact.fact_id

test('finds what bears on a question, in other forms of its words and in words of the same matter', () => {
  expect(best('Is the premium expensive?')).toBe('A')
  expect(best('What do you think about insurance?')).toBe('B')
  expect(best('What would it cost you?')).toBe('A')
  expect(best('What is your occupation?')).toBe('L1-occupation')
})

test('its strength says how much of the question is spoken of', () => {
  expect(known.search('expensive premium').strength).toBe(1)
  expect(known.search('How do you spell xylophone?').strength).toBe(0)
  const half = known.search('bees and xylophones').strength
  expect(half).toBeGreaterThan(0)
  expect(half).toBeLessThan(1)
  expect(known.search('???')).toEqual({ ranked: [], strength: 0 })
})

test('what is not known of a person is no fact', () => {
  expect(facts.map(({ fact_id }) => fact_id)).toEqual(['L1-full_name', 'L1-occupation', 'A', 'B', 'C'])
})

test.each([
  ['zoe', 'Zoë Ahlgren', true],
  ['ahl ZOË', 'Zoë Ahlgren', true],
  ['', 'anything', true],
  ['zoe x', 'Zoë Ahlgren', false],
])('searching for “%s” in “%s”: %s', (search, text, is) => {
  expect(isFound(search, text)).toBe(is)
})
