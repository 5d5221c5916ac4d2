import type { App } from 'firebase-admin/app'
import { getAuth, type Auth } from 'firebase-admin/auth'
import { getDatabase, type Database } from 'firebase-admin/database'
import { getFirestore, type Firestore } from 'firebase-admin/firestore'
import { proveWord } from '@lifeline/functions/contract'
import { prospects } from './prospects.ts'
import { createHash } from 'node:crypto'
import { admins, companies, DEMO_DURESS_WORD, DEMO_PASSWORD, specCall, workerEmail, workers } from './cast.ts'

/** Puts the cast into a running suite. What is there already (a kept data folder) stays as it is. */
export async function seed(app: App): Promise<void> {
  await Promise.all([
    seedIdentities(getAuth(app)),
    seedDirectory(getFirestore(app)),
    seedCall(getDatabase(app)),
  ])
}

async function seedIdentities(auth: Auth): Promise<void> {
  const people = [
    ...admins.map(({ id, email, name, role, company_id }) => ({
      uid: id,
      email,
      name,
      claims: { role, company_id },
    })),
    ...workers.map(({ id, name, company_id }) => ({
      uid: id,
      email: workerEmail(id),
      name,
      claims: { role: 'worker', company_id },
    })),
  ]
  await Promise.all(
    people.map(async ({ uid, email, name, claims }) => {
      try {
        await auth.createUser({ uid, email, displayName: name, password: DEMO_PASSWORD, emailVerified: true })
      } catch (error) {
        if ((error as { code?: string }).code !== 'auth/uid-already-exists') throw error
      }
      await auth.setCustomUserClaims(uid, claims)
    }),
  )
}

async function seedDirectory(firestore: Firestore): Promise<void> {
  const batch = firestore.batch()
  for (const { id, ...company } of companies)
    batch.set(firestore.doc(`companies/${id}`), company, { merge: true })
  for (const { id, ...admin } of admins) batch.set(firestore.doc(`admins/${id}`), admin, { merge: true })
  for (const { id, ...worker } of workers) batch.set(firestore.doc(`workers/${id}`), worker, { merge: true })
  for (const { id } of workers) {
    const proof = await proveWord(DEMO_DURESS_WORD, id)
    const digest = createHash('sha256').update(proof).digest('hex')
    batch.set(firestore.doc(`duress_words/${id}`), { digest, set_at: 0 }, { merge: true })
  }
  for (const prospect of prospects)
    batch.set(firestore.doc(`prospects/${prospect.lead_id}`), prospect, { merge: true })
  await batch.commit()
}

/** Time enough for both messages of the call to be in the past. */
const BEGAN_MS_AGO = 2_000

async function seedCall(database: Database): Promise<void> {
  const { call_id, conversation_id, messages, ...call } = specCall
  const { worker_id, company_id } = call
  const existing = await database.ref(`active_calls/${call_id}`).get()
  if (existing.exists()) return
  // Spec 1's device says 2025. The server has the call since just now, and its clocks, which every watch and age goes by,
  // begin there; the second message came a moment after the first.
  const start = Date.now() - BEGAN_MS_AGO
  const stored = Object.entries(messages).map(([id, message], index) => [
    id,
    { ...message, received_at: start + index * 1_000 },
  ])
  await database.ref().update({
    [`active_calls/${call_id}`]: {
      ...call,
      conversation_id,
      takeover: 0,
      status: 'ACTIVE',
      started_at: start,
      last_message_at: start + 1_000,
      talk: talkOf(Object.entries(messages), start),
    },
    [`boards/${company_id}/${call_id}/unread`]: { [Object.keys(messages)[0]!]: start },
    [`active_conversations/${conversation_id}`]: {
      call_id,
      worker_id,
      company_id,
      messages: Object.fromEntries(stored),
    },
  })
}

/** What the functions keep with a call of its messages: they are not there yet, or have not heard of the cast's. */
function talkOf(messages: [id: string, message: { role: string; content: string }][], start: number) {
  const [message_id, { role, content: text }] = messages.at(-1)!
  const [first, { content }] = messages[0]!
  return {
    last: { message_id, role, text, at: start + (messages.length - 1) * 1_000 },
    worker_at: start,
    worker_words: { message_id: first, text: content },
    unanswered_at: start,
  }
}
