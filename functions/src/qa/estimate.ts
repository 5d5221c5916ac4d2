import type { Deps } from '../deps.ts'
import { QUEUES } from '../tasks/queues.ts'
import { answered } from '../streaming/answered.ts'
import { sessionsOf } from './session-store.ts'

/** So many of the company's last sessions say how fast it goes. */
const LOOKED_AT = 5

/**
 * How long a session of `prospects` people will take, s: at the pace of the company's last completed sessions, behind
 * those that it has running. Without any yet, from the time that an answer is assumed to take.
 */
export async function estimateSeconds(
  { firestore, clock, config }: Pick<Deps, 'firestore' | 'clock' | 'config'>,
  companyId: string,
  prospects: number,
): Promise<number> {
  const own = sessionsOf(firestore).where('company_id', '==', companyId)
  const [finished, running] = await answered(
    Promise.all([
      own
        .where('status', 'in', ['completed'])
        .orderBy('created_at', 'desc')
        .limit(LOOKED_AT)
        .select('created_at', 'completed_at', 'total_expected')
        .get(),
      own.where('status', 'in', ['pending', 'in_progress']).limit(50).select('total_expected').get(),
    ]),
    clock,
  )
  const waiting = running.docs.reduce((sum, each) => sum + Number(each.get('total_expected')), 0)
  const { concurrency } = QUEUES.answerAsProspect
  const rounds = (count: number) => Math.ceil(count / concurrency)
  const roundMs = finished.docs
    .map((each) => {
      const tookMs = Number(each.get('completed_at')) - Number(each.get('created_at'))
      return tookMs / rounds(Number(each.get('total_expected')))
    })
    .toSorted((a, b) => a - b)
  const median = roundMs[Math.floor(roundMs.length / 2)] ?? config.qa.assumedAnswerSeconds * 1_000
  return Math.max(1, Math.ceil((rounds(prospects + waiting) * median) / 1_000))
}
