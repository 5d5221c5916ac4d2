import { once } from 'node:events'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { deleteApp, initializeApp } from 'firebase-admin/app'
import { deleteApp as deleteClient, initializeApp as initializeClient } from 'firebase/app'
import {
  connectDatabaseEmulator,
  get,
  getDatabase,
  onValue,
  ref,
  serverTimestamp,
  set,
  type Database,
} from 'firebase/database'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { WebSocket } from 'ws'
import { DEMO_PASSWORD, specCall } from './cast/cast.ts'
import { seed } from './cast/seed.ts'
import type { Child } from './suite/child.ts'
import { startGateway } from './suite/gateway.ts'
import { freePorts } from './suite/ports.ts'
import { databaseNamespace, uploadRules } from './suite/suite.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const { conversation_id, call_id, worker_id, company_id } = specCall
const [, secondMessage = ''] = Object.keys(specCall.messages)

let gateway: Child
let origin = ''
/** What the worker's phone holds: the client SDK, under the rules in force. */
let phone: Database
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  const { authHost, databaseHost, firestoreHost } = inject('suite')
  const project = `demo-${randomUUID()}`
  const env = {
    GCLOUD_PROJECT: project,
    FIREBASE_AUTH_EMULATOR_HOST: authHost,
    FIREBASE_DATABASE_EMULATOR_HOST: databaseHost,
    FIRESTORE_EMULATOR_HOST: firestoreHost,
    JWT_SECRET: randomUUID() + randomUUID(),
    FIREBASE_API_KEY: 'demo-key',
  }
  const namespace = databaseNamespace(project)
  const databaseURL = `http://${databaseHost}/?ns=${namespace}`
  await uploadRules(databaseHost, namespace, await readFile(`${ROOT}/database.rules.json`, 'utf8'))
  Object.assign(process.env, env)
  const admin = initializeApp({ projectId: project, databaseURL }, project)
  closing.push(() => deleteApp(admin))
  await seed(admin)

  const [port = 0] = await freePorts(1)
  gateway = await startGateway({ root: ROOT, port, env })
  closing.push(() => gateway.stop())
  origin = `127.0.0.1:${port}`

  const client = initializeClient({ databaseURL }, project)
  closing.push(() => deleteClient(client))
  phone = getDatabase(client)
  const [host = '', databasePort = ''] = databaseHost.split(':')
  const claims = { sub: worker_id, role: 'worker', company_id }
  connectDatabaseEmulator(phone, host, Number(databasePort), { mockUserToken: claims })
})
afterAll(async () => {
  for (const close of closing.toReversed()) await close()
})

async function post(path: string, body: object, token?: string): Promise<Record<string, unknown>> {
  const response = await fetch(`http://${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  const reply = (await response.json()) as Record<string, unknown>
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(reply)}`)
  return reply
}
const logIn = async (email: string): Promise<string> =>
  String((await post('/api/auth/login', { email, password: DEMO_PASSWORD })).access_token)

/** A socket whose events can be waited for by name. */
async function openSocket(token: string) {
  const socket = new WebSocket(`ws://${origin}/ws/conversation`)
  const events: { event: string; data: Record<string, unknown> }[] = []
  socket.on('message', (data: Buffer) => events.push(JSON.parse(data.toString())))
  await once(socket, 'open')
  socket.send(JSON.stringify({ action: 'authenticate', token }))
  return {
    events,
    send: (action: object) => socket.send(JSON.stringify({ conversation_id, ...action })),
    /** The first event of this name, and from then on the next one. */
    async next(name: string): Promise<Record<string, unknown>> {
      for (;;) {
        const at = events.findIndex(({ event }) => event === name)
        const [found] = at === -1 ? [] : events.splice(0, at + 1).slice(-1)
        if (found !== undefined) return found.data
        await once(socket, 'message')
      }
    },
    async close() {
      socket.close()
      await once(socket, 'close')
    },
  }
}

test('a worker with a phone and an admin with a socket talk both ways through the running gateway', async () => {
  const token = await logIn('ben@acme.example')
  await post(`/api/calls/${call_id}/takeover`, {}, token)
  const ben = await openSocket(token)
  ben.send({ action: 'subscribe' })
  await ben.next('initial')

  const at = (path: string) => ref(phone, `active_conversations/${conversation_id}/${path}`)
  await set(at(`presence/${worker_id}`), { last_seen: serverTimestamp() })
  expect(await ben.next('presence')).toMatchObject({ uid: worker_id, age_ms: expect.any(Number) })
  await set(at(`typing/${worker_id}`), serverTimestamp())
  expect(await ben.next('typing')).toMatchObject({ uid: worker_id, side: 'worker', typing: true })

  ben.send({ action: 'typing', typing: true })
  await expect.poll(async () => (await get(at('typing/admin_ben'))).exists()).toBe(true)
  const heard = Promise.withResolvers<Record<string, unknown>>()
  const stopListening = onValue(at('messages'), (messages) =>
    messages.forEach((message) => {
      if (message.child('role').val() === 'admin') heard.resolve(message.val())
    }),
  )
  ben.send({ action: 'send_message', message_id: 'k', content: 'Are you safe?' })
  let sent: { message_id: string; received_at: string } | undefined
  while (sent === undefined) sent = (await ben.next('done')).message as typeof sent
  expect(await heard.promise).toMatchObject({ content: 'Are you safe?', sender_id: 'admin_ben', lease: 1 })
  stopListening()
  expect((await get(at('typing/admin_ben'))).exists()).toBe(false)

  const { message_id: messageId } = sent
  const received_at = Date.parse(sent.received_at)
  await set(at(`seen/${worker_id}`), { message_id: messageId, received_at, seen_at: serverTimestamp() })
  expect(await ben.next('seen')).toMatchObject({ marks: [{ uid: worker_id, message_id: messageId }] })

  // Ava only watches: the phone, which may read all of its conversation, learns nothing of it.
  const ava = await openSocket(await logIn('ava@acme.example'))
  ava.send({ action: 'seen', message_id: secondMessage })
  expect((await ava.next('done')).seen).toMatchObject({ side: 'watcher' })
  expect(await ben.next('seen')).toMatchObject({ marks: [{ uid: 'admin_ava', side: 'watcher' }] })
  const readable = await get(ref(phone, `active_conversations/${conversation_id}`))
  expect(JSON.stringify(readable.val())).not.toContain('admin_ava')
  ben.send({ action: 'seen', message_id: messageId })
  await expect.poll(async () => (await get(at('seen/admin_ben/message_id'))).val()).toBe(messageId)
  await Promise.all([ben.close(), ava.close()])
})
