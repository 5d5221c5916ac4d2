import { ServerValue } from 'firebase-admin/database'
import type { Deps } from '../deps.ts'
import { within } from './within.ts'

/** Where functions leave what they have counted, in the Realtime Database; no rule lets a client near it. */
const PATH = 'measures'
const WRITE_MS = 2_000
/** A read that takes longer leaves these measures out: the others are wanted all the same. */
const READ_MS = 1_000
/** Tells it apart from what the process that is asked counts itself. */
const PREFIX = 'functions_'
/** A process that is never idle shares what it has counted every so often, ms. */
const EVERY_MS = 5_000

type ShareDeps = Pick<Deps, 'metrics' | 'writes' | 'clock' | 'log'>

/**
 * Adds what this process has counted since the last time to what all functions have counted: nobody scrapes the process of
 * a function, which may be gone before anybody could. Never throws: what cannot be noted is lost, and logged.
 */
async function shareMeasures({ metrics, writes, clock, log }: ShareDeps): Promise<void> {
  try {
    const counted = await metrics.takeCounted()
    const paths = [...counted].map(([sample, by]) => [encodeKey(sample), ServerValue.increment(by)])
    if (paths.length > 0) {
      await within(writes.ref(PATH).update(Object.fromEntries(paths)), WRITE_MS, clock)
    }
  } catch (error) {
    log.warn({ err: error }, 'measures not shared')
  }
}

/** Has `shareMeasures` run when the last piece of work in a process is done, and every while when there is always some. */
export function createSharing(): <T>(deps: ShareDeps, work: () => Promise<T>) => Promise<T> {
  let running = 0
  let sharedAt = -Infinity
  return async (deps, work) => {
    running += 1
    try {
      return await work()
    } finally {
      running -= 1
      const now = deps.clock.now()
      if (running === 0 || now - sharedAt >= EVERY_MS) {
        sharedAt = now
        // Waited for: a function whose work is done is given no more of the processor.
        await shareMeasures(deps)
      }
    }
  }
}

/**
 * What all functions together have counted, in Prometheus' text format: the same wherever it is read, under names of its own
 * (`functions_…`). When the database does not answer it only says that.
 */
export async function sharedMeasuresText({
  database,
  clock,
  log,
}: Pick<Deps, 'database' | 'clock' | 'log'>): Promise<string> {
  try {
    const stored: unknown = (await within(database.ref(PATH).get(), READ_MS, clock)).val()
    const lines = Object.entries(stored ?? {}).map(([key, value]) => `${decodeURIComponent(key)} ${value}`)
    return textOf(1, lines.toSorted())
  } catch (error) {
    log.warn({ err: error }, 'shared measures not read')
    return textOf(0, [])
  }
}

function textOf(isUp: 0 | 1, lines: readonly string[]): string {
  const up = 'lifeline_functions_measures_up'
  const head = [
    `# HELP ${up} Whether what all functions have counted could be read; it follows, the same on every instance`,
    `# TYPE ${up} gauge`,
    `${up} ${isUp}`,
  ]
  let family = ''
  const body = lines.flatMap((line) => {
    const [name = ''] = line.split('{')
    const its = name.replace(/_(bucket|sum|count)$/, '')
    const sample = `${PREFIX}${line}`
    if (its === family) return sample
    family = its
    return [`# TYPE ${PREFIX}${its} ${its === name ? 'counter' : 'histogram'}`, sample]
  })
  return [...head, ...body, ''].join('\n')
}

/** A sample's name and labels as a key of the database, which may hold none of . $ # [ ] / */
const encodeKey = (sample: string): string => encodeURIComponent(sample).replaceAll('.', '%2E')
