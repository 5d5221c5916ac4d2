import { readFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { deleteApp, initializeApp, setLogLevel, type FirebaseApp } from 'firebase/app'
import {
  connectDatabaseEmulator,
  equalTo,
  get,
  getDatabase,
  limitToFirst,
  orderByChild,
  orderByKey,
  query,
  ref,
  update,
  type Database,
  type QueryConstraint,
} from 'firebase/database'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { databaseNamespace, uploadRules } from '../suite/suite.ts'
import { actors, state, type ActorName } from './fixture.ts'
import { appendCases } from './append-cases.ts'
import { assistantCases } from './assistant-cases.ts'
import { attachmentCases } from './attachment-cases.ts'
import { checkCases } from './check-cases.ts'
import { boardCases } from './board-cases.ts'
import { changeCases } from './change-cases.ts'
import { endCases } from './end-cases.ts'
import { startCallCases } from './start-call-cases.ts'
import { signalCases } from './signal-cases.ts'
import { summaryCases } from './summary-cases.ts'
import { everybodyElse, type WriteCase } from './write-case.ts'

/** `database.rules.json`, case by case, through the client SDK that workers use. */

const { databaseHost } = inject('suite')
const namespace = databaseNamespace(`demo-${randomUUID()}`)
const apps: FirebaseApp[] = []
const databases = {} as Record<ActorName, Database>

// Every refused write of the table would be warned about.
setLogLevel('silent')

beforeAll(async () => {
  await uploadRules(databaseHost, namespace, await readFile('database.rules.json', 'utf8'))
  const [host = '', port = ''] = databaseHost.split(':')
  for (const [name, actor] of Object.entries(actors) as [ActorName, (typeof actors)[ActorName]][]) {
    const app = initializeApp(
      { databaseURL: `http://${databaseHost}/?ns=${namespace}` },
      `${namespace}-${name}`,
    )
    apps.push(app)
    databases[name] = getDatabase(app)
    const token = actor === null ? {} : { mockUserToken: { sub: actor.uid, ...actor, uid: undefined } }
    connectDatabaseEmulator(databases[name], host, Number(port), token as object)
  }
})

afterAll(async () => {
  await Promise.all(apps.map(deleteApp))
})

async function asOwner(method: 'PUT' | 'GET', body?: unknown): Promise<unknown> {
  const response = await fetch(`http://${databaseHost}/.json?ns=${namespace}`, {
    method,
    headers: { authorization: 'Bearer owner' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect(response.status).toBe(200)
  return response.json()
}

beforeEach(() => asOwner('PUT', state))

const denied = /permission.denied/i

const writeCases: readonly WriteCase[] = [
  ...startCallCases,
  ...appendCases,
  ...assistantCases,
  ...attachmentCases,
  ...boardCases,
  ...changeCases,
  ...checkCases,
  ...endCases,
  ...signalCases,
  ...summaryCases,
]

describe('writing', () => {
  test.each(writeCases.filter(([, , , allowed]) => allowed))(
    'allows %s (%s)',
    async (_title, actor, write) => {
      await update(ref(databases[actor]), write)
      expect(await asOwner('GET')).not.toEqual(state)
    },
  )

  test.each(writeCases.filter(([, , , allowed]) => !allowed))(
    'refuses %s (%s)',
    async (_title, actor, write) => {
      await expect(update(ref(databases[actor]), write)).rejects.toThrow(denied)
      expect(await asOwner('GET')).toEqual(state)
    },
  )
})

const ownCalls = [orderByChild('worker_id'), equalTo('worker_ravi')]

type ReadCase = readonly [
  title: string,
  actor: ActorName,
  path: string,
  how: QueryConstraint[],
  allowed: boolean,
]
const readCases: readonly ReadCase[] = [
  ['the own call', 'ravi', 'active_calls/call_ravi', [], true],
  ['the own ended call', 'ravi', 'active_calls/call_ended', [], true],
  ['the own conversation', 'ravi', 'active_conversations/conv_ravi', [], true],
  ['the own ended conversation', 'ravi', 'active_conversations/conv_ended', [], true],
  [
    'the messages of the own conversation',
    'ravi',
    'active_conversations/conv_ravi/messages',
    [orderByChild('received_at')],
    true,
  ],
  ['the own calls by a query', 'ravi', 'active_calls', ownCalls, true],
  ['the first of the own calls', 'ravi', 'active_calls', [...ownCalls, limitToFirst(1)], true],
  ...everybodyElse.flatMap((actor): ReadCase[] => [
    [`Ravi's call by ${actor}`, actor, 'active_calls/call_ravi', [], false],
    [`Ravi's conversation by ${actor}`, actor, 'active_conversations/conv_ravi', [], false],
    [
      `one message of Ravi's by ${actor}`,
      actor,
      'active_conversations/conv_ravi/messages/msg_old/content',
      [],
      false,
    ],
  ]),
  ...everybodyElse
    .filter((actor) => actors[actor]?.uid !== 'worker_ravi')
    .map((actor): ReadCase => [
      `Ravi's calls by a query of ${actor}`,
      actor,
      'active_calls',
      ownCalls,
      false,
    ]),
  [
    "a colleague's calls by a query",
    'ravi',
    'active_calls',
    [orderByChild('worker_id'), equalTo('worker_meera')],
    false,
  ],
  [
    "the company's calls by a query",
    'ravi',
    'active_calls',
    [orderByChild('company_id'), equalTo('c_acme')],
    false,
  ],
  ['all calls by worker', 'ravi', 'active_calls', [orderByChild('worker_id')], false],
  ['all calls by key', 'ravi', 'active_calls', [orderByKey()], false],
  ['all calls', 'ravi', 'active_calls', [], false],
  ['all conversations', 'ravi', 'active_conversations', [], false],
  ['a conversation that is not there', 'ravi', 'active_conversations/conv_none', [], false],
  ['a call that is not there', 'ravi', 'active_calls/call_none', [], false],
  ['a call by its id', 'the API', 'active_calls/call_ravi', [], false],
  ['a conversation by its id', 'the API', 'active_conversations/conv_ravi', [], false],
  ['what the team has seen', 'the API', 'team_seen/conv_ravi', [], false],
  ...everybodyElse.map((actor): ReadCase => [
    `what the team has seen of Ravi's conversation by ${actor}`,
    actor,
    'team_seen/conv_ravi',
    [],
    false,
  ]),
  ['what the team has seen of the own conversation', 'ravi', 'team_seen/conv_ravi', [], false],
  ...(['ravi', 'the API', ...everybodyElse] as ActorName[]).flatMap((actor): ReadCase[] => [
    [`what the board shows of Ravi's call by ${actor}`, actor, 'boards/c_acme/call_ravi', [], false],
    [`who is writing, by ${actor}`, actor, 'boards/c_acme/call_ravi/typing', [], false],
    [`all that a company's board shows, by ${actor}`, actor, 'boards/c_acme', [], false],
  ]),
  ['the summary of the own conversation', 'ravi', 'live_summaries/conv_held', [], false],
  ['a summary', 'the API', 'live_summaries/conv_held', [], false],
  ...(['ravi', 'the API', ...everybodyElse] as ActorName[]).map((actor): ReadCase => [
    `what functions have counted, by ${actor}`,
    actor,
    'measures',
    [],
    false,
  ]),
  ['all calls', 'the API', 'active_calls', [], false],
  ['the whole database', 'the API', '/', [], false],
  ['the whole database', 'ravi', '/', [], false],
  ['the whole database', 'a manager of the company', '/', [], false],
  ['the whole database', 'nobody', '/', [], false],
]

describe('reading', () => {
  test.each(readCases.filter(([, , , , allowed]) => allowed))(
    'allows %s (%s)',
    async (_title, actor, path, how) => {
      const found = await get(query(ref(databases[actor], path), ...how))
      expect(found.exists()).toBe(true)
    },
  )

  test.each(readCases.filter(([, , , , allowed]) => !allowed))(
    'refuses %s (%s)',
    async (_title, actor, path, how) => {
      await expect(get(query(ref(databases[actor], path), ...how))).rejects.toThrow(denied)
    },
  )
})
