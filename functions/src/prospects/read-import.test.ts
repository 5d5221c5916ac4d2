import { expect, test } from 'vitest'
import { readImport } from './read-import.ts'
import { MAX_IMPORT_ROWS } from './schema.ts'

const csv = (content: string) => readImport({ format: 'csv', content })
const json = (rows: unknown) => readImport({ format: 'json', content: JSON.stringify(rows) })

test('a CSV row becomes a person, with a fact for each line of a cell', () => {
  const read = csv(
    '\uFEFFlead_id,full_name,age,lead_classification,statement,dislike\n' +
      'LEAD-1,"Park, Jo",41,warm,"I read everything.\nI sign late.",Calls\n',
  )
  expect(read.problems).toEqual([])
  expect(read.prospects[0]?.prospect).toMatchObject({
    lead_id: 'LEAD-1',
    full_name: 'Park, Jo',
    age: '41',
    lead_classification: 'warm',
    facts: [
      { kind: 'dislike', text: 'Calls' },
      { kind: 'statement', text: 'I read everything.' },
      { kind: 'statement', text: 'I sign late.' },
    ],
  })
})

test('JSON takes facts under their kind and as a list, and numbers where texts are meant', () => {
  const read = json([
    {
      lead_id: 'A',
      age: 30,
      belief: 'b',
      note: ['n1', 'n2'],
      facts: [{ fact_id: 'X', kind: 'goal', text: 'g' }],
    },
  ])
  expect(read.problems).toEqual([])
  expect(read.prospects[0]?.prospect.age).toBe('30')
  expect(read.prospects[0]?.prospect.facts.map(({ text }) => text)).toEqual(['b', 'n1', 'n2', 'g'])
})

test('a fact has the same id at every import, so that answers go on citing it', () => {
  const ids = (rows: unknown) => json(rows).prospects[0]?.prospect.facts.map(({ fact_id }) => fact_id)
  const [first] = ids([{ lead_id: 'A', statement: ['one', 'two'] }]) ?? []
  expect(ids([{ lead_id: 'A', statement: ['zero', 'one'] }])?.[1]).toBe(first)
})

test('what is wrong is named by row and field, and the other rows are read', () => {
  const read = json([
    { lead_id: 'A' },
    { lead_id: 'B', lead_classification: 'boiling' },
    { full_name: 'Nobody' },
    'text',
    { lead_id: '../C' },
    { lead_id: 'A' },
    { lead_id: 'D', favourite: 'x' },
    { lead_id: 'E', statement: ['same', 'same'] },
    { lead_id: 'F', facts: 'x' },
    { lead_id: 'G', profile_image_url: 'javascript:alert(1)' },
  ])
  expect(read.prospects.map(({ prospect }) => prospect.lead_id)).toEqual(['A'])
  expect(read.problems.map(({ row, field }) => [row, field])).toEqual([
    [2, 'lead_classification'],
    [3, 'lead_id'],
    [4, null],
    [5, 'lead_id'],
    [6, 'lead_id'],
    [7, 'favourite'],
    [8, 'facts'],
    [9, 'facts'],
    [10, 'profile_image_url'],
  ])
})

test.each([
  ['csv', 'lead_id,full_name\nA,b,c\n', /CSV/],
  ['csv', 'lead_id\n"A\n', /CSV/],
  ['json', '{"lead_id":"A"}', /array/],
  ['json', '[', /JSON/],
  ['json', JSON.stringify(Array.from({ length: MAX_IMPORT_ROWS + 1 }, () => ({}))), /more than/],
] as const)('a %s file that cannot be read is refused as a whole', (format, content, problem) => {
  const read = readImport({ format, content })
  expect(read.prospects).toEqual([])
  expect(read.problems).toEqual([
    expect.objectContaining({ row: 0, problem: expect.stringMatching(problem) }),
  ])
})
