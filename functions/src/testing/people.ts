import type { LiveServer } from '../conversations/testing/live-server.ts'
import type { Ids } from './ids.ts'

export type Token = string | undefined

/** The columns of the access table: everybody of Acme, a stranger, and whoever has no token that holds. */
export const PEOPLE: Readonly<Record<string, (server: LiveServer, ids: Ids) => Token>> = {
  'the worker of the call': (server, { worker_id = 'worker_other' }) => server.token(worker_id, 'worker'),
  'another worker': (server) => server.token('worker_other', 'worker'),
  'the agent who holds it': (server) => server.token('ben', 'agent'),
  'another agent': (server) => server.token('cleo', 'agent'),
  'the manager of the holder': (server) => server.token('ava', 'manager'),
  'a manager of others': (server) => server.token('mia', 'manager'),
  'an admin without a team': (server) => server.token('ada', 'admin'),
  'another company': (server) => server.token('gus', 'manager', { company: 'c_globex' }),
  nobody: () => undefined,
  'an expired token': (server) => server.token('ben', 'agent', { lasts: -1_000 }),
}

/** Everybody of another company, whatever they are there, and who only bears the name of one of ours. */
export const STRANGERS: Readonly<Record<string, (server: LiveServer, ids: Ids) => Token>> = {
  'their manager': (server) => server.token('gus', 'manager', { company: 'c_globex' }),
  'their agent': (server) => server.token('gil', 'agent', { company: 'c_globex' }),
  'their admin': (server) => server.token('gia', 'admin', { company: 'c_globex' }),
  'their worker': (server) => server.token('worker_globex', 'worker', { company: 'c_globex' }),
  'our agent, working for them': (server) => server.token('ben', 'agent', { company: 'c_globex' }),
}

/** The people who stand in the directory besides those of every live server. */
export async function settlePeople({ device: { firestore } }: LiveServer): Promise<void> {
  const admins = {
    mia: ['c_acme', 'manager'],
    ada: ['c_acme', 'admin'],
    gil: ['c_globex', 'agent'],
    gia: ['c_globex', 'admin'],
  }
  await Promise.all([
    ...Object.entries(admins).map(([id, [company_id, role]]) =>
      firestore.doc(`admins/${id}`).set({ company_id, role, manager_id: null }),
    ),
    firestore.doc('workers/worker_other').set({ company_id: 'c_acme', name: 'Other', mobile_no: '' }),
    firestore.doc('workers/worker_globex').set({ company_id: 'c_globex', name: 'Theirs', mobile_no: '' }),
  ])
}
