import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { newProcedureExample } from './examples.ts'
import { createProcedureLibrary } from './library.ts'
import { procedureRoutes } from './routes.ts'
import { type NewProcedureBody, ProcedureReply, ProceduresReply } from './schema.ts'
import { STANDARD_PROCEDURES } from './standard/standard-procedures.ts'

let server: LiveServer
let company = 0
/** Each test has a company of its own. */
let ava: string
let ben: string

beforeAll(async () => {
  server = await startLiveServer((deps) => procedureRoutes(deps))
})
afterAll(() => server.close())

const fresh = () => {
  company += 1
  ava = server.token('ava', 'manager', { company: `c_${company}` })
  ben = server.token('ben', 'agent', { company: `c_${company}` })
  return `c_${company}`
}

async function ask(method: string, path: string, token: string, body?: unknown) {
  const response = await fetch(server.origin + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const list = async (token: string, query = '') =>
  ProceduresReply.parse((await ask('GET', `/api/procedures${query}`, token)).body).procedures
const read = async (id: string, token: string) =>
  ProcedureReply.parse((await ask('GET', `/api/procedures/${id}`, token)).body)

const draft = (rest: Partial<NewProcedureBody> = {}): NewProcedureBody => ({
  ...newProcedureExample,
  ...rest,
})

test('a company begins with ours, which nobody has reviewed, and they stand in Firestore', async () => {
  fresh()
  const procedures = await list(ben)
  expect(procedures.map(({ procedure_id }) => procedure_id).toSorted()).toEqual(
    STANDARD_PROCEDURES.map(({ procedure_id }) => procedure_id).toSorted(),
  )
  expect(procedures.every(({ origin, reviewed_by }) => origin === 'standard' && reviewed_by === null)).toBe(
    true,
  )
  const stored = await server.device.firestore.doc('procedures/severe-bleeding').get()
  expect(stored.get('title')).toBe('Severe bleeding')
})

test('a manager edits one of ours for the company, and only for it', async () => {
  fresh()
  const other = server.token('gus', 'manager', { company: 'c_globex' })
  const { procedure } = await read('severe-bleeding', ava)
  const edited = await ask('PUT', '/api/procedures/severe-bleeding', ava, {
    ...draft({ title: 'Bleeding, at Acme', reviewed: true }),
    version: procedure.version,
  })
  expect(edited.status).toBe(200)
  expect(ProcedureReply.parse(edited.body).procedure).toMatchObject({
    title: 'Bleeding, at Acme',
    version: 2,
    origin: 'company',
    changed_by: 'ava',
    reviewed_by: 'ava',
  })
  expect((await read('severe-bleeding', ben)).versions.map(({ version, title }) => [version, title])).toEqual(
    [
      [2, 'Bleeding, at Acme'],
      [1, 'Severe bleeding'],
    ],
  )
  expect((await read('severe-bleeding', other)).procedure.title).toBe('Severe bleeding')
})

test('a procedure of the company’s own is added, found, taken away and restored', async () => {
  const companyId = fresh()
  const added = await ask('POST', '/api/procedures', ava, draft())
  expect(added.status).toBe(201)
  const { procedure_id: id } = ProcedureReply.parse(added.body).procedure
  const library = createProcedureLibrary(server.deps)
  const find = async () =>
    (await library.index(companyId)).find('the crane is jammed')[0]?.procedure.procedure_id
  expect(await find()).toBe(id)

  expect((await ask('DELETE', `/api/procedures/${id}?version=1`, ava)).status).toBe(200)
  expect(await find()).toBeUndefined()
  expect((await list(ben)).map(({ procedure_id }) => procedure_id)).not.toContain(id)
  expect((await list(ben, '?deleted=true')).map(({ procedure_id }) => procedure_id)).toEqual([id])

  const restored = await ask('POST', `/api/procedures/${id}/restore`, ava, { version: 2, restore: 1 })
  expect(ProcedureReply.parse(restored.body).procedure).toMatchObject({ version: 3, deleted: false })
  expect(await find()).toBe(id)
})

test('ours is taken away for the company, and its first version restored', async () => {
  const companyId = fresh()
  const library = createProcedureLibrary(server.deps)
  const find = async () => (await library.index(companyId)).find('a snake bit me')[0]?.procedure.procedure_id
  expect(await find()).toBe('bite-sting')
  expect((await ask('DELETE', '/api/procedures/bite-sting?version=1', ava)).status).toBe(200)
  expect(await find()).toBeUndefined()
  const restored = await ask('POST', '/api/procedures/bite-sting/restore', ava, { version: 2, restore: 1 })
  expect(restored.status).toBe(200)
  expect(await find()).toBe('bite-sting')
})

test('of two who edit the same version one is told that it has changed, and nothing is lost', async () => {
  fresh()
  const send = (title: string) =>
    ask('PUT', '/api/procedures/burns', ava, { ...draft({ title }), version: 1 })
  const outcomes = await Promise.all([send('One'), send('Two')])
  expect(outcomes.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  const { procedure, versions } = await read('burns', ava)
  expect(procedure.version).toBe(2)
  expect(versions).toHaveLength(2)
  expect(outcomes.find(({ status }) => status === 409)?.body).toMatchObject({
    success: false,
    error: { code: 'conflict', details: { reason: 'changed-since', version: 2 } },
  })
})

test.each([
  ['PUT', '/api/procedures/burns', { ...draft(), version: 1 }],
  ['POST', '/api/procedures', draft()],
  ['DELETE', '/api/procedures/burns?version=1', undefined],
  ['POST', '/api/procedures/burns/restore', { version: 1, restore: 1 }],
])('an agent may not %s %s', async (method, path, body) => {
  fresh()
  expect((await ask(method, path, ben, body)).status).toBe(403)
  expect((await list(ben)).find(({ procedure_id }) => procedure_id === 'burns')?.version).toBe(1)
})

test('another company’s procedure is an unknown one', async () => {
  fresh()
  const { procedure_id: id } = ProcedureReply.parse(
    (await ask('POST', '/api/procedures', ava, draft())).body,
  ).procedure
  const gus = server.token('gus', 'manager', { company: 'c_globex' })
  expect((await ask('GET', `/api/procedures/${id}`, gus)).status).toBe(404)
  expect((await ask('PUT', `/api/procedures/${id}`, gus, { ...draft(), version: 1 })).status).toBe(404)
  expect((await ask('DELETE', `/api/procedures/${id}?version=1`, gus)).status).toBe(404)
  expect((await list(gus)).map(({ procedure_id }) => procedure_id)).not.toContain(id)
})

test.each([
  ['no steps', { steps: [] }],
  ['a step of two lines', { steps: ['one\ntwo'] }],
  ['an endless step', { steps: ['x'.repeat(241)] }],
  ['no keywords', { keywords: [] }],
  [
    'one language twice',
    { translations: ['hi', 'hi'].map((language) => ({ language, title: 'x', steps: ['x'], avoid: [] })) },
  ],
  [
    'a language that we do not know',
    { translations: [{ language: 'xx', title: 'x', steps: ['x'], avoid: [] }] },
  ],
  ['no title', { title: ' ' }],
])('a procedure with %s is refused', async (_, rest) => {
  fresh()
  expect((await ask('POST', '/api/procedures', ava, { ...draft(), ...rest })).status).toBe(400)
  expect(await list(ava)).toHaveLength(STANDARD_PROCEDURES.length)
})

test('what cannot be read leaves ours standing', async () => {
  const companyId = fresh()
  await server.device.firestore.doc(`companies/${companyId}/procedures/burns`).set({ title: 7 })
  expect((await read('burns', ava)).procedure).toMatchObject({ origin: 'standard', version: 1 })
})
