import type { DataSnapshot } from 'firebase-admin/database'
import type { Deps } from '../deps.ts'
import type { SeenRecord } from './schema.ts'
import { readSeen } from './signals.ts'

/**
 * Follows what admins who only watch a conversation have seen: `team_seen/{id}`, which lies apart from the
 * conversation because its worker may read all of that.
 *
 * @param onLost the database took the listener away; nothing more will come
 * @returns stops following
 */
export function followTeamSeen(
  { database }: Pick<Deps, 'database'>,
  conversationId: string,
  onSeen: (seen: ReadonlyMap<string, SeenRecord>) => void,
  onLost: (error: Error) => void,
): () => void {
  const marks = database.ref(`team_seen/${conversationId}`)
  const onValue = (snapshot: DataSnapshot) => onSeen(readSeen(snapshot))
  marks.on('value', onValue, onLost)
  return () => marks.off('value', onValue)
}
