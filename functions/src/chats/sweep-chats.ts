import type { Query } from 'firebase-admin/database'
import type { Deps } from '../deps.ts'
import { type ArchiveChatDeps, archiveChat } from './archive-chat.ts'
import { bringIndexUpToDate } from './index-chat.ts'

export interface ChatSweepReport {
  archived: number
  /** Chats whose index a crash had left behind. */
  indexed: number
  /** What is tried again at the next sweep. */
  failed: number
}

/** A request brings the index up to date itself; only what takes longer than this was left undone, ms. */
const INDEX_PATIENCE_MS = 30_000
const CHATS_A_SWEEP = 100

/**
 * Archives chats to which nobody has added for `chatIdleSeconds`, and indexes what a crash has left. Safe to run at any
 * time and by several at once.
 *
 * @throws when the database does not answer; whatever fails for one chat alone is logged and counted.
 */
export async function sweepChats(deps: ArchiveChatDeps & Pick<Deps, 'config'>): Promise<ChatSweepReport> {
  const { writes, clock, config, log } = deps
  const report: ChatSweepReport = { archived: 0, indexed: 0, failed: 0 }
  const attempt = async (key: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      report.failed += 1
      log.error({ chatKey: key, err: error }, 'sweep could not finish a chat')
    }
  }
  const before = (field: string, at: number) =>
    keysOf(writes.ref('active_chats').orderByChild(field).startAt(1).endAt(at).limitToFirst(CHATS_A_SWEEP))
  const now = clock.now()
  for (const key of await before('active_at', now - config.chatIdleSeconds * 1_000)) {
    await attempt(key, async () => {
      if ((await archiveChat(deps, key)) === 'archived') report.archived += 1
    })
  }
  for (const key of await before('index_due', now - INDEX_PATIENCE_MS)) {
    await attempt(key, async () => {
      await bringIndexUpToDate(deps, key)
      report.indexed += 1
    })
  }
  return report
}

async function keysOf(query: Query): Promise<string[]> {
  const keys: string[] = []
  const found = await query.get()
  found.forEach((child) => void keys.push(child.key))
  return keys
}
