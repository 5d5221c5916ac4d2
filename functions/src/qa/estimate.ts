import type { Deps } from '../deps.ts'
import { QUEUES } from '../tasks/queues.ts'
import { answered } from '../streaming/answered.ts'
import { sessionsOf } from './session-store.ts'

/** Of so many of the company's last sessions those nearest in size say how fast it goes. */
const LOOKED_AT = 20
const GONE_BY = 5
/** Running sessions that are looked at; the queue is shared with them. */
const MOST_RUNNING = 50

export interface Estimate {
  seconds: number
  /** What it was measured on: completed sessions of so few to so many people; null where there are none and it is assumed. */
  measured: { sessions: number; fewest: number; most: number } | null
  /** People of running sessions whose answers may come first. */
  ahead: number
}

/**
 * How long a session of `prospects` people will take: what the company's last completed sessions of about that size took,
 * more by as many rounds as the queue needs more for it and for what is running. Without any yet, from the time that an
 * answer is assumed to take.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function estimateSession(
  { firestore, clock, config }: Pick<Deps, 'firestore' | 'clock' | 'config'>,
  companyId: string,
  prospects: number,
): Promise<Estimate> {
  const own = sessionsOf(firestore).where('company_id', '==', companyId)
  const [finished, running] = await answered(
    Promise.all([
      own
        .where('status', 'in', ['completed'])
        .orderBy('created_at', 'desc')
        .limit(LOOKED_AT)
        .select('created_at', 'completed_at', 'total_expected')
        .get(),
      own
        .where('status', 'in', ['pending', 'in_progress'])
        .limit(MOST_RUNNING)
        .select('total_expected')
        .get(),
    ]),
    clock,
  )
  const ahead = running.docs.reduce((sum, each) => sum + Number(each.get('total_expected')), 0)
  const past = finished.docs.map((each) => ({
    size: Number(each.get('total_expected')),
    tookMs: Number(each.get('completed_at')) - Number(each.get('created_at')),
  }))
  return { ...estimateFrom(past, prospects, ahead, config.qa.assumedAnswerSeconds), ahead }
}

/** A session that was completed: of how many people, and how long it took, ms. */
export interface PastSession {
  size: number
  tookMs: number
}

/** The same from what is known; `assumedSeconds` is what a round of answers takes where nothing is. */
export function estimateFrom(
  past: readonly PastSession[],
  prospects: number,
  ahead: number,
  assumedSeconds: number,
): Pick<Estimate, 'seconds' | 'measured'> {
  const rounds = roundsOf(prospects + ahead)
  const distance = ({ size }: PastSession) => Math.abs(Math.log(size / prospects))
  const nearest = past.toSorted((a, b) => distance(a) - distance(b)).slice(0, GONE_BY)
  const roundMs = nearest.map(({ size, tookMs }) => tookMs / roundsOf(size)).toSorted((a, b) => a - b)
  const median = roundMs[Math.floor(roundMs.length / 2)] ?? assumedSeconds * 1_000
  const sizes = nearest.map(({ size }) => size)
  return {
    seconds: Math.max(1, Math.ceil((rounds * median) / 1_000)),
    measured:
      nearest.length === 0
        ? null
        : { sessions: nearest.length, fewest: Math.min(...sizes), most: Math.max(...sizes) },
  }
}

const roundsOf = (people: number): number => Math.ceil(people / QUEUES.answerAsProspect.concurrency)
