import { deleteApp, initializeApp } from 'firebase/app'
import { connectAuthEmulator, getAuth, signInWithEmailAndPassword, signOut } from 'firebase/auth'
import {
  connectDatabaseEmulator,
  getDatabase,
  onChildAdded,
  onValue,
  ref,
  serverTimestamp,
  update,
} from 'firebase/database'
import { DEMO_PASSWORD, workerEmail, workers } from '../local/cast/cast.ts'
import { databaseNamespace } from '../local/suite/suite.ts'

export interface Worker {
  /** Resolves once the listener has its first snapshot. */
  listen(conversationId: string, onMessage: (messageId: string) => void): Promise<void>
  /** Resolves when the database has acknowledged the message. */
  write(call: { callId: string; conversationId: string }, messageId: string, words?: string): Promise<void>
  close(): Promise<void>
}

/** Two connections of a worker of the cast, one that writes and one that listens, through the client SDK. */
export async function openWorker(
  project: string,
  hosts: { auth: string; database: string },
): Promise<Worker> {
  const [writing, listening] = await Promise.all(
    ['writing', 'listening'].map(async (name) => {
      const app = initializeApp(
        {
          apiKey: 'demo-key',
          projectId: project,
          databaseURL: `http://${hosts.database}/?ns=${databaseNamespace(project)}`,
        },
        name,
      )
      const auth = getAuth(app)
      connectAuthEmulator(auth, `http://${hosts.auth}`, { disableWarnings: true })
      const database = getDatabase(app)
      const [host = '', port = ''] = hosts.database.split(':')
      connectDatabaseEmulator(database, host, Number(port))
      const { user } = await signInWithEmailAndPassword(auth, workerEmail(workers[0].id), DEMO_PASSWORD)
      return { app, auth, database, uid: user.uid }
    }),
  )
  if (writing === undefined || listening === undefined) throw new Error('Expected two connections')
  return {
    listen: async (conversationId, onMessage) => {
      const messages = ref(listening.database, `active_conversations/${conversationId}/messages`)
      onChildAdded(messages, ({ key }) => {
        if (key !== null) onMessage(key)
      })
      await new Promise<void>((resolve, reject) => {
        onValue(
          messages,
          () => {
            resolve()
          },
          reject,
          { onlyOnce: true },
        )
      })
    },
    write: (
      { callId, conversationId },
      messageId,
      words = 'The water is rising, we are on the second step of the ladder now.',
    ) =>
      update(ref(writing.database), {
        [`active_conversations/${conversationId}/messages/${messageId}`]: {
          role: 'user',
          content: words,
          timestamp: new Date().toISOString(),
          received_at: serverTimestamp(),
          sender_id: writing.uid,
          sources: '',
        },
        [`active_calls/${callId}/last_message_at`]: serverTimestamp(),
      }),
    close: async () => {
      await Promise.all([signOut(writing.auth), signOut(listening.auth)])
      await Promise.all([deleteApp(writing.app), deleteApp(listening.app)])
    },
  }
}
