import { randomUUID } from 'node:crypto'
import { getAuth } from 'firebase-admin/auth'
import { getDatabase } from 'firebase-admin/database'
import { getFirestore } from 'firebase-admin/firestore'
import { DEMO_PASSWORD, workers } from '../local/cast/cast.ts'
import { readStream } from './reader.ts'
import { startProduct } from './started-product.ts'
import { milliseconds, quantile } from './statistics.ts'
import { openWorker, type Worker } from './worker.ts'

/**
 * A worker's message to every admin who reads the conversation: how long it takes, against the Firebase SDK's own
 * listener on the same node in the same run, and how many listeners the database sees for it.
 */
const CONVERSATIONS = 20
const STREAMS = 100
const MESSAGES = 200
/** No one person may open a hundred streams. */
const DISPATCHERS = 10
const PROJECT = 'demo-bench'
const product = await startProduct(PROJECT)
const { origin, app, hosts, namespace } = product
const worker = await openWorker(PROJECT, hosts)

const conversations = await startConversations()
const tokens = await Promise.all(
  Array.from({ length: DISPATCHERS }, (_, index) => logIn(`dispatcher_${index}`)),
)
const sentAt = new Map<string, number>()
const streamDelays: number[] = []
const listenerDelays: number[] = []
/** How many events the streams owe until `arrived` resolves. */
let owed = 0
let arrived = Promise.withResolvers<void>()
const readers = Array.from({ length: STREAMS }, (_, index) =>
  readStream(
    `${origin}/api/conversation/${conversations[index % CONVERSATIONS]?.conversationId}/stream`,
    tokens[index % DISPATCHERS] ?? '',
    (id) => {
      note(streamDelays, id)
      owed -= 1
      if (owed === 0) arrived.resolve()
    },
    (error) => {
      arrived.reject(error)
    },
  ),
)
await Promise.all(readers.map(({ opened }) => opened))
const listens = await listenerCount()
await Promise.all(
  conversations.map(({ conversationId }) => worker.listen(conversationId, (id) => note(listenerDelays, id))),
)

process.stdout.write(
  `${STREAMS} streams on ${CONVERSATIONS} conversations: ${listens} listeners on conversations in the database\n` +
    `${MESSAGES} messages, each to ${STREAMS / CONVERSATIONS} streams and to one SDK listener; from the call of update()\n`,
)
await measure('one at a time', true)
await measure('back to back', false)

for (const reader of readers) reader.close()
await worker.close()
await product.stop()

/** Paced, each message has reached every reader before the next is written; otherwise only the database has it. */
async function measure(name: string, isPaced: boolean): Promise<void> {
  streamDelays.length = 0
  listenerDelays.length = 0
  for (let index = 0; index < MESSAGES; index++) {
    const conversation = conversations[index % CONVERSATIONS]
    if (conversation === undefined) throw new Error('No conversation')
    if (owed === 0) arrived = Promise.withResolvers<void>()
    owed += STREAMS / CONVERSATIONS
    const id = `msg_${randomUUID()}`
    sentAt.set(id, performance.now())
    await worker.write(conversation, id)
    if (isPaced) await arrived.promise
  }
  await arrived.promise
  const [stream, listener] = [streamDelays, listenerDelays]
  const line = (delays: number[]) =>
    `p50 ${milliseconds(quantile(delays, 0.5))}  p99 ${milliseconds(quantile(delays, 0.99))}`
  process.stdout.write(
    `${name}\n  stream        ${line(stream)}\n  SDK listener  ${line(listener)}\n` +
      `  ratio of the medians: ${(quantile(stream, 0.5) / quantile(listener, 0.5)).toFixed(2)}\n`,
  )
}

function note(delays: number[], messageId: string): void {
  const sent = sentAt.get(messageId)
  if (sent !== undefined) delays.push(performance.now() - sent)
}

async function startConversations(): Promise<Parameters<Worker['write']>[0][]> {
  const { id: worker_id, company_id } = workers[0]
  const made = Array.from({ length: CONVERSATIONS }, () => ({
    callId: `call_${randomUUID()}`,
    conversationId: `conv_${randomUUID()}`,
  }))
  const now = Date.now()
  const timestamp = new Date(now).toISOString()
  const call = {
    worker_id,
    company_id,
    mobile_no: '',
    takeover: 0,
    urgency: 'HIGH',
    status: 'ACTIVE',
    medium: 'Text',
    timestamp,
  }
  await getDatabase(app)
    .ref()
    .update(
      Object.fromEntries(
        made.flatMap(({ callId, conversationId }) => [
          [
            `active_calls/${callId}`,
            { ...call, conversation_id: conversationId, started_at: now, last_message_at: now },
          ],
          [`active_conversations/${conversationId}`, { worker_id, company_id, call_id: callId }],
        ]),
      ),
    )
  return made
}

async function logIn(uid: string): Promise<string> {
  const { company_id } = workers[0]
  const email = `${uid}@acme.example`
  await getAuth(app).createUser({ uid, email, password: DEMO_PASSWORD })
  await getAuth(app).setCustomUserClaims(uid, { role: 'agent', company_id })
  await getFirestore(app)
    .doc(`admins/${uid}`)
    .set({ company_id, role: 'agent', manager_id: null, name: uid, email })
  return await product.logIn(email)
}

async function listenerCount(): Promise<number> {
  const response = await fetch(`http://${hosts.database}/.inspect/listens.json?ns=${namespace}`, {
    headers: { authorization: 'Bearer owner' },
  })
  const listens = (await response.json()) as { path: string; listeners: number }[]
  return listens
    .filter(({ path }) => path.includes('active_conversations'))
    .reduce((sum, { listeners }) => sum + listeners, 0)
}
