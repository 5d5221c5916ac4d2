import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { deleteApp, initializeApp } from 'firebase/app'
import { connectAuthEmulator, getAuth, signInWithEmailAndPassword, signOut, type User } from 'firebase/auth'
import {
  connectDatabaseEmulator,
  get,
  getDatabase,
  ref,
  serverTimestamp,
  update,
  type Database,
} from 'firebase/database'
import { DEMO_PASSWORD, workerEmail, workers } from '../cast/cast.ts'
import { databaseNamespace } from '../suite/suite.ts'
import { scenario } from './scenario.ts'

export interface SimulatedWorkerOptions {
  project: string
  /** `host:port` of the emulators. */
  authHost: string
  databaseHost: string
  /** Ends the simulation early. */
  signal: AbortSignal
}

const WORKER = workers[1]

/**
 * A worker of the cast lives through one call, writing as the worker's page does: signed in through Firebase
 * Auth, straight into the Realtime Database through the client SDK, under the security rules in force.
 * Resolves when the scenario is over, somebody ends the call, or `signal` fires; rejects when a write is refused for
 * any other reason.
 */
export async function simulateWorker(options: SimulatedWorkerOptions): Promise<void> {
  const app = initializeApp(
    {
      apiKey: 'demo-key',
      projectId: options.project,
      databaseURL: `http://${options.databaseHost}/?ns=${databaseNamespace(options.project)}`,
    },
    `simulated-worker-${randomUUID()}`,
  )
  const auth = getAuth(app)
  try {
    connectAuthEmulator(auth, `http://${options.authHost}`, { disableWarnings: true })
    const database = getDatabase(app)
    const [host = '', port = ''] = options.databaseHost.split(':')
    connectDatabaseEmulator(database, host, Number(port))
    const { user } = await signInWithEmailAndPassword(auth, workerEmail(WORKER.id), DEMO_PASSWORD)
    await liveThrough(database, user, options.signal)
  } catch (error) {
    if (!options.signal.aborted) throw error
  } finally {
    // Deleting the app alone leaves the timer that would refresh the token.
    await signOut(auth)
    await deleteApp(app)
  }
}

async function liveThrough(database: Database, user: User, signal: AbortSignal): Promise<void> {
  const call = { callId: `call_${randomUUID()}`, conversationId: `conv_${randomUUID()}` }
  await startCall(database, user, call)
  for (const line of scenario.lines) {
    await delay(line.afterSeconds * 1_000, undefined, { signal })
    try {
      await say(database, user, call, line.text)
    } catch (error) {
      if (await isOver(database, call.callId)) return
      throw error
    }
  }
}

interface OwnCall {
  callId: string
  conversationId: string
}

const say = (
  database: Database,
  user: User,
  { callId, conversationId }: OwnCall,
  content: string,
): Promise<void> =>
  update(ref(database), {
    [`active_conversations/${conversationId}/messages/msg_${randomUUID()}`]: {
      role: 'user',
      content,
      timestamp: new Date().toISOString(),
      received_at: serverTimestamp(),
      sender_id: user.uid,
      sources: '',
    },
    [`active_calls/${callId}/last_message_at`]: serverTimestamp(),
  })

/** Ended, or archived already: then nobody may read it here any more. */
async function isOver(database: Database, callId: string): Promise<boolean> {
  try {
    return (await get(ref(database, `active_calls/${callId}/status`))).val() === 'ENDED'
  } catch {
    return true
  }
}

async function startCall(database: Database, user: User, { callId, conversationId }: OwnCall): Promise<void> {
  const owner = { worker_id: user.uid, company_id: WORKER.company_id }
  await update(ref(database), {
    [`active_calls/${callId}`]: {
      ...owner,
      conversation_id: conversationId,
      mobile_no: WORKER.mobile_no,
      takeover: 0,
      urgency: scenario.urgency,
      status: 'ACTIVE',
      medium: 'Text',
      timestamp: new Date().toISOString(),
      started_at: serverTimestamp(),
      last_message_at: serverTimestamp(),
    },
    [`active_conversations/${conversationId}`]: { ...owner, call_id: callId },
  })
}
