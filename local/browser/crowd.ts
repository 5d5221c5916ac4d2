import { getDatabase } from 'firebase-admin/database'
import { getFirestore } from 'firebase-admin/firestore'
import type { App } from 'firebase-admin/app'

/** Workers whose names are as everyday names are: in other scripts, from right to left, with emoji, and very long. */
const NAMES = [
  'Lakshmi Nair',
  'ليلى عبد الرحمن',
  'शर्मिला कुलकर्णी',
  'Łukasz Żółć 🚒',
  'Hyperbolicsyllabicsesquedalymistic-Wolfeschlegelsteinhausenbergerdorff',
] as const

const WORDS = [
  'Smoke on the third floor, we cannot reach the stairs',
  'سقط العامل من السقالة ولا يتحرك، أسرعوا من فضلكم',
  'पाइप फट गया है, पानी बहुत गरम है',
  '🔥🔥🔥 it is getting worse 🆘',
  `Pneumono${'ultramicroscopicsilicovolcanoconiosis'.repeat(4)}`,
] as const

export type CrowdCall = {
  id: string
  urgency: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW'
  /** Who wrote last; `undefined` when nobody has written. */
  last?: 'user' | 'admin'
  /** How long ago the call began, and its worker last wrote, seconds. */
  age: number
  silent: number
  adminId?: string
  /** Which name and which words, by their place. */
  voice: number
  more?: object
}

/** Calls of Acme with a conversation each, as they stand after the functions have looked at them. */
export async function placeCalls(app: App, calls: readonly CrowdCall[]): Promise<void> {
  const now = Date.now()
  const firestore = getFirestore(app)
  const workers = firestore.batch()
  for (const [at, name] of NAMES.entries()) {
    workers.set(firestore.doc(`workers/worker_crowd_${at}`), {
      company_id: 'c_acme',
      mobile_no: `+4479460000${at}0`,
      name,
    })
  }
  await workers.commit()
  const nodes: Record<string, unknown> = {}
  for (const { id, urgency, last, age, silent, adminId, voice, more } of calls) {
    const worker_id = `worker_crowd_${voice % NAMES.length}`
    const text = WORDS[voice % WORDS.length] ?? ''
    const [startedAt, wroteAt] = [now - age * 1_000, now - silent * 1_000]
    const timestamp = new Date(startedAt).toISOString()
    const message_id = `msg_${id}`
    nodes[`active_calls/call_${id}`] = {
      conversation_id: `conv_${id}`,
      worker_id,
      company_id: 'c_acme',
      mobile_no: `+4479460000${voice % NAMES.length}0`,
      takeover: adminId === undefined ? 0 : 1,
      ...(adminId !== undefined && { admin_id: adminId, taken_over_at: startedAt + 5_000 }),
      urgency,
      status: 'ACTIVE',
      medium: 'Text',
      timestamp,
      started_at: startedAt,
      ...(last !== undefined && {
        last_message_at: wroteAt,
        talk: {
          last: { message_id, role: last, text, at: wroteAt },
          worker_at: wroteAt,
          worker_words: { message_id, text },
          ...(last === 'user' ? { unanswered_at: wroteAt } : { admin_at: wroteAt }),
        },
      }),
      ...more,
    }
    if (last === 'user') nodes[`boards/c_acme/call_${id}/unread`] = { [message_id]: wroteAt }
    nodes[`active_conversations/conv_${id}`] = {
      call_id: `call_${id}`,
      worker_id,
      company_id: 'c_acme',
      ...(last !== undefined && {
        messages: {
          [message_id]: {
            role: last,
            content: text,
            timestamp,
            received_at: wroteAt,
            sender_id: last === 'user' ? worker_id : 'admin_ben',
            sources: '',
          },
        },
      }),
    }
  }
  await getDatabase(app).ref().update(nodes)
}

/** So many messages in the conversation of `call`, a second apart and the last one a minute ago. */
export async function placeMessages(app: App, call: string, count: number): Promise<void> {
  const start = Date.now() - (count + 60) * 1_000
  const messages = Object.fromEntries(
    Array.from({ length: count }, (_, n) => {
      const isWorker = n % 3 !== 2
      const record = {
        role: isWorker ? 'user' : 'assistant',
        content: `Message ${n + 1}: ${(WORDS[n % WORDS.length] ?? '').slice(0, 40 + (n % 60))}`,
        timestamp: new Date(start + n * 1_000).toISOString(),
        received_at: start + n * 1_000,
        sender_id: isWorker ? 'worker_crowd_0' : 'assistant',
        sources: '',
      }
      return [`msg_${String(n + 1).padStart(5, '0')}`, record]
    }),
  )
  await getDatabase(app).ref(`active_conversations/conv_${call}/messages`).set(messages)
}
