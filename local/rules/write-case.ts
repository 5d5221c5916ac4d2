import { actors, type ActorName } from './fixture.ts'

/** One row of the table: who writes what (paths relative to the root), and whether the rules let them. */
export type WriteCase = readonly [
  title: string,
  actor: ActorName,
  write: Record<string, unknown>,
  allowed: boolean,
]

/** Everybody but Ravi and the API, which writes under rules of its own. */
export const everybodyElse = (Object.keys(actors) as ActorName[]).filter(
  (name) => name !== 'ravi' && name !== 'the API',
)

/** Shaped like times, but none: the server could not read a record that holds one, and nobody would see it. */
export const impossibleTimes: readonly string[] = [
  '2025-99-99T99:99:99Z',
  '2025-00-10T11:58:04Z',
  '2025-13-03T11:58:04Z',
  '2025-10-00T11:58:04Z',
  '2025-10-32T11:58:04Z',
  '2025-04-31T11:58:04Z',
  '2025-02-30T11:58:04Z',
  '2025-02-29T11:58:04Z',
  '1900-02-29T11:58:04Z',
  '2025-10-03T24:00:00Z',
  '2025-10-03T11:60:04Z',
  '2025-10-03T11:58:60Z',
  '2025-10-03T11:58:04+24:00',
  '2025-10-03T11:58:04-05:60',
]

/** Unusual, but times. */
export const unusualTimes: readonly string[] = [
  '2024-02-29T23:59:59.999Z',
  '2000-02-29T00:00:00+14:00',
  '1970-01-01T00:00:00-12:00',
  '2025-12-31T23:59:59.123456789+05:45',
]

/** A value of each field of a call that no worker may write. */
export const wrongCallFields: Record<string, unknown> = {
  conversation_id: 'conv_of_nobody',
  worker_id: 'worker_meera',
  company_id: 'c_globex',
  mobile_no: 'call me maybe',
  admin_id: 'admin_ben',
  takeover: 1,
  urgency: 'critical',
  status: 'ENDED',
  medium: '',
  timestamp: '3 October 2025',
  started_at: 1_000,
  last_message_at: 1_000,
  anything_else: true,
}
