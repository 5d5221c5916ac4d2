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
    [8, 'statement'],
    [9, 'facts'],
    [10, 'profile_image_url'],
  ])
})

test.each([
  [
    { lead_id: 'A', lead_classification: 'boiling' },
    'lead_classification is “boiling”: write hot, warm, cold, or leave it empty.',
  ],
  [{ full_name: 'Nobody' }, 'lead_id is missing: give every row an id of its own, such as LEAD-2001.'],
  [{ lead_id: 'a b' }, 'lead_id is “a b”: use letters, digits and _ : @ + - only, 128 at most.'],
  [{ lead_id: 'A', full_name: 'x'.repeat(201) }, 'full_name has 201 characters: shorten it to 200.'],
  [{ lead_id: 'A', full_name: true }, 'full_name is no text: write a text or a number, or leave it out.'],
  [
    { lead_id: 'A', profile_image_url: 'http://x.example/a.png' },
    'profile_image_url is “http://x.example/a.png”: write an address that begins with https://, of 500 characters at most, or leave it empty.',
  ],
  [
    { lead_id: 'A', belief: 'one', statement: ['two', 'x'.repeat(601)] },
    'statement number 2 has 601 characters: shorten it to 600, or make two of it.',
  ],
  [{ lead_id: 'A', statement: [7] }, 'statement number 1 is no text: write a text, or take it out.'],
  [
    { lead_id: 'A', facts: [{ kind: 'rumour', text: 'x' }] },
    'facts number 1 has no kind that is known: use style, trait, like, dislike, belief, goal, routine, relationship, note, statement.',
  ],
  [
    { lead_id: 'A', facts: [{ kind: 'note', text: ' ' }] },
    'note number 1 is empty: write something, or take it out.',
  ],
  [
    { lead_id: 'A', facts: [{ kind: 'note', text: 'x', fact_id: 'a b' }] },
    'note number 1 has an id that cannot be used: take the id out, and it gets one.',
  ],
  [
    { lead_id: 'A', note: Array.from({ length: 201 }, (_, at) => `n${at}`) },
    'facts are more than 200: leave some out.',
  ],
  [{ lead_id: 'A', note: ['same', 'same'] }, 'note says “same” twice: take one out.'],
  [{ lead_id: 'A', facts: 'x' }, 'facts are no list: put them between [ and ].'],
  [{ lead_id: 'A', favourite: 'x' }, 'favourite is no field of a prospect: rename it, or take it out.'],
  ['text', ' is no object: put the prospect between { and }.'],
])('a row says what is wrong with it and what to do (%#)', (row, said) => {
  const { prospects, problems } = json([row])
  expect(prospects).toEqual([])
  expect(problems.map(({ field, problem }) => `${field ?? ''} ${problem}`)).toEqual([said])
})

test('an id may come as a number, and is not taken twice', () => {
  const read = json([{ lead_id: 1001 }, { lead_id: '1001' }])
  expect(read.prospects.map(({ prospect }) => prospect.lead_id)).toEqual(['1001'])
  expect(read.problems).toEqual([
    { row: 2, lead_id: '1001', field: 'lead_id', problem: 'is in row 1 already: keep one of the two.' },
  ])
})

test.each([';', '\t'])('a spreadsheet may part the cells by “%s”', (sign) => {
  const read = csv(['lead_id', 'full_name'].join(sign) + '\n' + ['A', 'Park, Jo'].join(sign) + '\n')
  expect(read.prospects[0]?.prospect).toMatchObject({ lead_id: 'A', full_name: 'Park, Jo' })
})

test.each([
  ['csv', 'lead_id,full_name\nA,b\nB,b,c\n', null, /^Line 3 has not as many cells as the header: /],
  ['csv', 'lead_id\n"A\n', null, /^A double quote is opened and never closed: /],
  [
    'csv',
    'lead_id,full_name\nA,b "c" d\n',
    null,
    /^Line 2 has a double quote in the middle of a cell .*: put/,
  ],
  [
    'csv',
    'lead_id,favourite\nA,b\n',
    'favourite',
    /^is no column that is known: rename it to one of lead_id, /,
  ],
  ['csv', 'lead_id,note,note\nA,b,c\n', 'note', /^is in the header twice: /],
  ['csv', 'lead_id,full_name\n', null, /^The file has no rows: /],
  ['json', '[]', null, /^The file has no rows: /],
  ['json', '{"lead_id":"A"}', null, /array: put the prospects between/],
  ['json', '[', null, /^The file is not valid JSON: look at its end\.$/],
  ['json', '[{"a": 1,}]', null, /^The file is not valid JSON: look at line 1, character \d+\.$/],
  [
    'json',
    '[{"lead_id": "A"},\n{"lead_id": B}]',
    null,
    /^The file is not valid JSON: look at “[^”]*lead_id": B[^”]*”\.$/,
  ],
  [
    'json',
    JSON.stringify(Array.from({ length: MAX_IMPORT_ROWS + 1 }, () => ({}))),
    null,
    /^The file has 1001 rows and may have 1000: split it/,
  ],
] as const)('a %s file that cannot be read is refused as a whole (%#)', (format, content, field, problem) => {
  const read = readImport({ format, content })
  expect(read.prospects).toEqual([])
  expect(read.problems).toEqual([
    expect.objectContaining({ row: 0, field, problem: expect.stringMatching(problem) as string }),
  ])
})
