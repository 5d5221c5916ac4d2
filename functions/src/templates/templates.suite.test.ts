import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { templateRoutes } from './routes.ts'
import { TemplateStage, TemplatesReply } from './schema.ts'
import { STANDARD_TEMPLATES } from './standard-templates.ts'

let server: LiveServer
beforeAll(async () => {
  server = await startLiveServer(templateRoutes)
})
afterAll(() => server.close())

async function list(company: string) {
  const reply = await server.get('/api/templates', server.token(`admin_${company}`, 'agent', { company }))
  expect(reply.status).toBe(200)
  return TemplatesReply.parse(reply.body).templates
}
const store = (company: string, id: string, template: object) =>
  server.device.firestore.doc(`companies/${company}/templates/${id}`).set(template)

test('offers a phrase for every step of an emergency, in the order of the steps', async () => {
  const templates = await list('c_new')
  expect(templates.map(({ template_id }) => template_id)).toEqual(
    STANDARD_TEMPLATES.map(({ template_id }) => template_id),
  )
  const stages = new Set(templates.map(({ stage }) => stage))
  expect([...stages]).toEqual(TemplateStage.options.filter((stage) => stage !== 'other'))
  expect(new Set(templates.map(({ template_id }) => template_id)).size).toBe(templates.length)
})

test('puts a company’s own beside, in place of, or away from the standard ones', async () => {
  await Promise.all([
    store('c_acme', 'greeting', { stage: 'greeting', title: 'Hello', text: 'Acme here.', position: 1 }),
    store('c_acme', 'dangers', { hidden: true }),
    store('c_acme', 'muster-point', { stage: 'safety', title: 'Muster point', text: 'Go to the gate.' }),
    store('c_acme', 'motto', { title: 'Motto', text: 'Safety first.' }),
    store('c_globex', 'secret', { title: 'Theirs', text: 'Not ours.' }),
  ])
  const templates = await list('c_acme')
  const ids = templates.map(({ template_id }) => template_id)
  expect(templates[0]).toEqual({
    template_id: 'greeting',
    stage: 'greeting',
    title: 'Hello',
    text: 'Acme here.',
    origin: 'company',
  })
  expect(ids).not.toContain('dangers')
  expect(ids).not.toContain('secret')
  expect(ids.indexOf('muster-point')).toBe(ids.indexOf('leave-danger') + 1)
  expect(ids.at(-1)).toBe('motto')
})

test('keeps the standard phrase where the company’s own cannot be read', async () => {
  await store('c_broken', 'end', { title: 'End', text: 7 })
  await store('c_broken', 'own', { title: '', text: 'x' })
  const templates = await list('c_broken')
  expect(templates.find(({ template_id }) => template_id === 'end')?.origin).toBe('standard')
  expect(templates).toHaveLength(STANDARD_TEMPLATES.length)
  expect(server.logs.filter(({ msg }) => msg === 'malformed template left out')).toHaveLength(2)
})

test('is for admins', async () => {
  expect((await server.get('/api/templates')).status).toBe(401)
  expect((await server.get('/api/templates', server.token('worker_1', 'worker'))).status).toBe(403)
})
