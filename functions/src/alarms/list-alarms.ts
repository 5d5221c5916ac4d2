import { FieldPath, type Query } from 'firebase-admin/firestore'
import type { Viewer } from '../conversations/policy.ts'
import { AppError } from '../platform/errors.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { subjectOfAlarm } from './access.ts'
import { decideAlarm } from './policy.ts'
import type { Alarm, AlarmsQuery } from './schema.ts'
import { type AlarmDeps, parseAlarm, showAlarm } from './store.ts'

const READ_TIMEOUT_MS = 10_000
/** Of one page at most so many documents are read that the caller may not see. */
const MAX_ROUNDS = 5

/**
 * The alarms that the caller may see, latest first.
 *
 * @throws AppError `invalid-input` for a cursor that is none, `unavailable` when Firestore does not answer.
 */
export async function listAlarms(
  { firestore, clock, directory }: Pick<AlarmDeps, 'firestore' | 'clock' | 'directory'>,
  viewer: Viewer,
  { open, kind, limit, cursor }: AlarmsQuery,
): Promise<{ alarms: Alarm[]; next_cursor: string | null }> {
  let query: Query = firestore.collection('alarms').where('company_id', '==', viewer.company_id)
  if (open !== undefined) query = query.where('is_open', '==', open === 'true')
  if (kind !== undefined) query = query.where('kind', '==', kind)
  query = query.orderBy('raised_at', 'desc').orderBy(FieldPath.documentId(), 'desc')
  let after = cursor === undefined ? undefined : readCursor(cursor)
  const alarms: Alarm[] = []
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const page = (after === undefined ? query : query.startAfter(after.raisedAt, after.id)).limit(limit)
    const { docs } = await withTimeout(page.get(), READ_TIMEOUT_MS, clock).catch((error: unknown) => {
      throw unavailable(error)
    })
    for (const document of docs) {
      const alarm = parseAlarm(document)
      after = { raisedAt: Number(document.get('raised_at')), id: document.id }
      if (alarm === undefined || decideAlarm(viewer, await subjectOfAlarm(alarm, directory)) !== 'allow')
        continue
      alarms.push(showAlarm(document.id, alarm))
      if (alarms.length === limit) return { alarms, next_cursor: cursorOf(after) }
    }
    if (docs.length < limit) return { alarms, next_cursor: null }
  }
  return { alarms, next_cursor: after === undefined ? null : cursorOf(after) }
}

interface Place {
  raisedAt: number
  id: string
}

const cursorOf = ({ raisedAt, id }: Place): string =>
  Buffer.from(JSON.stringify([raisedAt, id])).toString('base64url')

function readCursor(cursor: string): Place {
  try {
    const [raisedAt, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (typeof raisedAt === 'number' && typeof id === 'string' && /^alarm_[0-9a-f]{32}$/.test(id)) {
      return { raisedAt, id }
    }
  } catch {
    // Said below, like every other cursor that is none.
  }
  throw new AppError('invalid-input', 'cursor: is none of ours')
}
