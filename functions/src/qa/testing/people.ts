import type { Prospect } from '../../prospects/schema.ts'

/** Three people who differ, of whom little is known. */
export const threePeople: readonly Prospect[] = [
  {
    lead_id: 'LEAD-1001',
    lead_classification: 'hot',
    full_name: 'John Doe',
    age: '44',
    occupation: 'Carpenter',
    facts: [
      {
        fact_id: 'J1',
        kind: 'statement',
        text: 'My primary concern is that the life insurance really pays for my family.',
      },
      { fact_id: 'J2', kind: 'belief', text: 'I trust a company that answers the phone.' },
      { fact_id: 'J3', kind: 'note', text: 'Two children at school.' },
    ],
  },
  {
    lead_id: 'LEAD-1002',
    lead_classification: 'cold',
    full_name: 'Zoë Ahlgren',
    occupation: 'Beekeeper',
    facts: [
      {
        fact_id: 'Z1',
        kind: 'statement',
        text: 'Life insurance is a waste; they refuse every claim and lie about it.',
      },
      { fact_id: 'Z2', kind: 'dislike', text: 'Calls in the evening.' },
    ],
  },
  {
    lead_id: 'LEAD-1003',
    lead_classification: 'warm',
    full_name: 'Ned Quiet',
    facts: [{ fact_id: 'N1', kind: 'statement', text: 'Pigeons come home by themselves.' }],
  },
]

/** As many people as are wanted, each with something of their own to say. */
export const manyPeople = (count: number): Prospect[] =>
  Array.from({ length: count }, (_, at) => ({
    lead_id: `LEAD-${String(at + 1).padStart(4, '0')}`,
    lead_classification: (['hot', 'warm', 'cold'] as const)[at % 3] ?? null,
    full_name: `Person ${at + 1}`,
    facts: [
      {
        fact_id: `P${at + 1}`,
        kind: 'statement' as const,
        text: `My worry about insurance is number ${at + 1}: ${MATTERS[at % MATTERS.length]}.`,
      },
    ],
  }))

const MATTERS = [
  'the price',
  'small print',
  'my children',
  'a refused claim',
  'the adviser',
  'my health',
  'nothing',
]
