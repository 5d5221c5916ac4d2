import { serverTimestamp } from 'firebase/database'
import { actors, append, startOfCall } from './fixture.ts'
import { everybodyElse, type WriteCase } from './write-case.ts'

/** What a worker writes who ends a call. */
const end = (call = 'call_ravi', change: Record<string, unknown> = {}): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({ status: 'ENDED', ended_at: serverTimestamp(), ended_by: 'worker_ravi', ...change })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [`active_calls/${call}/${key}`, value]),
  )

/** Ending a call. */
export const endCases: readonly WriteCase[] = [
  ['the end of the own call', 'ravi', end(), true],
  ['the end of the own call that an admin holds', 'ravi', end('call_held'), true],
  ['the end of the own call with last words', 'ravi', { ...end(), ...append() }, true],
  ['the end of an ended call', 'ravi', end('call_ended'), false],
  ["the end of a colleague's call", 'ravi', end('call_meera'), false],
  ["the end of another company's call", 'ravi', end('call_tom'), false],
  ['the end of a call that is not there', 'ravi', end('call_none'), false],
  ...everybodyElse.map((actor): WriteCase => [`the end of Ravi's call by ${actor}`, actor, end(), false]),
  ...everybodyElse
    .filter((actor) => actors[actor] !== null)
    .map((actor): WriteCase => [
      `the end of Ravi's call in their own name by ${actor}`,
      actor,
      end('call_ravi', { ended_by: actors[actor]?.uid }),
      false,
    ]),
  ...[1_000, 4_102_444_800_000, undefined].map((ended_at): WriteCase => [
    `the end of the own call at ${String(ended_at)}`,
    'ravi',
    end('call_ravi', { ended_at }),
    false,
  ]),
  ...['admin_ben', '', undefined].map((ended_by): WriteCase => [
    `the end of the own call by ${String(ended_by)}`,
    'ravi',
    end('call_ravi', { ended_by }),
    false,
  ]),
  ['the end of the own call with another status', 'ravi', end('call_ravi', { status: 'DONE' }), false],
  [
    'the time and the author of an end without the end',
    'ravi',
    end('call_ravi', { status: undefined }),
    false,
  ],
  [
    'the time of the end of an ended call',
    'ravi',
    { 'active_calls/call_ended/ended_at': serverTimestamp() },
    false,
  ],
  ['the own call made active once more', 'ravi', { 'active_calls/call_ravi/status': 'ACTIVE' }, false],
  ['no status of the own call', 'ravi', { 'active_calls/call_ravi/status': null }, false],
  ['the end of the own call with a lower urgency', 'ravi', end('call_ravi', { urgency: 'LOW' }), false],
  ['the end of the own call without its holder', 'ravi', end('call_held', { admin_id: null }), false],
  ...[
    { status: 'ENDED', ended_at: serverTimestamp(), ended_by: 'worker_ravi' },
    { ended_at: serverTimestamp() },
    { ended_by: 'worker_ravi' },
  ].map((call): WriteCase => [
    `a new call with ${Object.keys(call).join(', ')}`,
    'ravi',
    startOfCall({ call }),
    false,
  ]),
  ['the end of the own call with a reason', 'ravi', end('call_ravi', { end_reason: 'Bored' }), false],
]
