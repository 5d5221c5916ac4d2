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
