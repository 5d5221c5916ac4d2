import { afterAll, beforeAll, expect, test } from 'vitest'
import { ImportReport, Prospect, ProspectListReply } from '../prospects/schema.ts'
import { manyPeople } from './testing/people.ts'
import { type QaServer, startQaServer } from './testing/qa-server.ts'

let server: QaServer
let ava: string
beforeAll(async () => {
  server = await startQaServer()
  ava = server.token('ava', 'manager')
  await server.addProspects(manyPeople(7))
  await server.addProspects([{ lead_id: 'LEAD-9001', full_name: 'Theirs', facts: [] }], 'c_globex')
})
afterAll(() => server.close())

const list = async (query: string) =>
  ProspectListReply.parse((await server.get(`/api/v1/qa/prospects?${query}`, server.ben)).body)
const idsOf = async (query: string) => (await list(query)).prospects.map(({ lead_id }) => lead_id)
const bringIn = (token: string, body: object) => server.post('/api/v1/qa/prospects/import', token, body)

test('prospects are paged, filtered and searched, and counted by classification', async () => {
  expect(await list('page=2&page_size=3')).toMatchObject({
    total_count: 7,
    total_pages: 3,
    classification_counts: { hot: 3, warm: 2, cold: 2, unclassified: 0 },
    prospects: [{ lead_id: 'LEAD-0004' }, { lead_id: 'LEAD-0005' }, { lead_id: 'LEAD-0006' }],
  })
  expect(await idsOf('classification=warm,cold')).toHaveLength(4)
  expect(await idsOf('classification=warm&classification=cold&page_size=1')).toEqual(['LEAD-0002'])
  expect(await idsOf('search=PERSON%206')).toEqual(['LEAD-0006'])
  expect(await idsOf('search=person&classification=hot')).toEqual(['LEAD-0001', 'LEAD-0004', 'LEAD-0007'])
  expect(await idsOf('search=theirs')).toEqual([])
  const wrong = await server.get('/api/v1/qa/prospects?classification=boiling', server.ben)
  expect(wrong).toMatchObject({ status: 400, body: { error_code: 'INVALID_REQUEST' } })
})

test('one of them is shown with all facts, another company’s not at all', async () => {
  const { body } = await server.get('/api/v1/qa/prospects/LEAD-0001', server.ben)
  expect(Prospect.parse(body).facts).toHaveLength(1)
  const theirs = await server.get('/api/v1/qa/prospects/LEAD-9001', server.ben)
  expect(theirs).toMatchObject({ status: 404, body: { error_code: 'PROSPECT_NOT_FOUND' } })
})

test('managers import: good rows are taken, wrong ones and others’ are named and change nothing', async () => {
  const content = [
    'lead_id,full_name,lead_classification,statement',
    'LEAD-2001,New Person,hot,I am new.',
    'LEAD-0001,Renamed,cold,I was here.',
    'LEAD-2002,Wrong,boiling,x',
    'LEAD-9001,Stolen,hot,x',
  ].join('\n')
  const agent = await bringIn(server.ben, { format: 'csv', content })
  expect(agent).toMatchObject({ status: 403, body: { error_code: 'FORBIDDEN' } })
  const dry = ImportReport.parse((await bringIn(ava, { format: 'csv', content, dry_run: true })).body)
  expect(dry).toMatchObject({ created: 1, updated: 1, rejected: 2, dry_run: true })
  expect(await idsOf('search=LEAD-2001')).toEqual([])
  const report = ImportReport.parse((await bringIn(ava, { format: 'csv', content })).body)
  expect(report).toMatchObject({ total_rows: 4, created: 1, updated: 1, rejected: 2 })
  expect(report.problems.map(({ row, field }) => [row, field])).toEqual([
    [3, 'lead_classification'],
    [4, 'lead_id'],
  ])
  expect(await idsOf('search=renamed')).toEqual(['LEAD-0001'])
  const theirs = await server.deps.firestore.doc('prospects/LEAD-9001').get()
  expect(theirs.data()).toMatchObject({ full_name: 'Theirs', company_id: 'c_globex' })
})
