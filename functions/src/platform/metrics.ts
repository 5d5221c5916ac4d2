import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

export interface DatabaseCall {
  database: 'firestore' | 'realtime'
  operation: string
  ms: number
  /** `refused`: the security rules have said no. */
  outcome: 'ok' | 'refused' | 'failed'
}

/** What this process counts and times, for Prometheus (spec 2 "Monitoring"). Labels take few values each. */
export interface Metrics {
  /** A request that is over. `route`: as declared; null when no route claimed it. Streams are counted, not timed. */
  request(request: {
    route: string | null
    method: string
    status: number
    ms: number
    isStream: boolean
  }): void
  databaseCall(call: DatabaseCall): void
  modelCall(call: { job: string; outcome: string; tookMs: number; requests: number }): void
  /** A task that has begun for the first time. `lagMs`: after the moment that it was meant for. */
  taskBegun(task: { queue: string; lagMs: number }): void
  /** A delivery of a task that is over; one that failed may come again. */
  taskOver(task: { queue: string; ms: number; outcome: 'done' | 'failed' }): void
  /**
   * By how much each sample of databases, models and tasks has grown since this was last asked, by name and labels as in
   * `text`. Samples that are new come with it also at 0.
   */
  takeCounted(): Promise<Map<string, number>>
  /** A number that is asked for whenever the measures are read. */
  watch(name: `lifeline_${string}`, help: string, read: () => number): void
  /** In Prometheus' text format, version 0.0.4. */
  text(): Promise<string>
}

/** All paths that no route claims: callers may invent as many as they like. */
const UNKNOWN_ROUTE = 'unknown'
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests that are over',
    labelNames: ['route', 'method', 'status'],
    registers,
  })
  const errors = new Counter({
    name: 'http_errors_total',
    help: 'Requests that were refused (4xx) or failed (5xx)',
    labelNames: ['route', 'method', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'From the first line of a request to the end of its reply; streams left out',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers,
  })
  const databaseCalls = new Histogram({
    name: 'database_call_duration_seconds',
    help: 'Calls to a database',
    labelNames: ['database', 'operation', 'outcome'],
    buckets: SECONDS,
    registers,
  })
  const modelJobs = new Histogram({
    name: 'model_job_duration_seconds',
    help: 'Work given to the language model, retries and repairs included',
    labelNames: ['job', 'outcome'],
    buckets: SECONDS,
    registers,
  })
  const modelRequests = new Counter({
    name: 'model_requests_total',
    help: 'Requests made of the model server',
    labelNames: ['job'],
    registers,
  })

  const taskLags = new Histogram({
    name: 'task_lag_seconds',
    help: 'How long after the moment that it was meant for a task first began',
    labelNames: ['queue'],
    buckets: SECONDS,
    registers,
  })
  const taskDurations = new Histogram({
    name: 'task_duration_seconds',
    help: 'Deliveries of tasks',
    labelNames: ['queue', 'outcome'],
    buckets: SECONDS,
    registers,
  })
  const takeCounted = createTaking(registry, [
    'database_call_duration_seconds',
    'model_job_duration_seconds',
    'model_requests_total',
    'task_lag_seconds',
    'task_duration_seconds',
  ])

  return {
    request({ route, method, status, ms, isStream }) {
      const labels = {
        route: route ?? UNKNOWN_ROUTE,
        method: METHODS.has(method) ? method : 'other',
        status: String(status),
      }
      requests.inc(labels)
      if (status >= 400) errors.inc(labels)
      if (!isStream) durations.observe(labels, ms / 1_000)
    },
    databaseCall({ database, operation, ms, outcome }) {
      databaseCalls.observe({ database, operation, outcome }, ms / 1_000)
    },
    modelCall({ job, outcome, tookMs, requests }) {
      modelJobs.observe({ job, outcome }, tookMs / 1_000)
      modelRequests.inc({ job }, requests)
    },
    taskBegun: ({ queue, lagMs }) => taskLags.observe({ queue }, Math.max(0, lagMs) / 1_000),
    taskOver: ({ queue, ms, outcome }) => taskDurations.observe({ queue, outcome }, ms / 1_000),
    takeCounted,
    watch(name, help, read) {
      registry.removeSingleMetric(name)
      registry.registerMetric(
        new Gauge({
          name,
          help,
          registers: [],
          collect() {
            this.set(read())
          },
        }),
      )
    },
    text: () => registry.metrics(),
  }
}

/** See `Metrics.takeCounted`. */
function createTaking(registry: Registry, names: readonly string[]): Metrics['takeCounted'] {
  let taken = new Map<string, number>()
  return async () => {
    const texts = await Promise.all(names.map((name) => registry.getSingleMetricAsString(name)))
    const lines = texts.flatMap((text) =>
      text.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
    )
    const now = new Map(
      lines.map((line) => {
        const end = line.lastIndexOf(' ')
        return [line.slice(0, end), Number(line.slice(end + 1))] as const
      }),
    )
    // From here on nothing else runs in between: whoever asks at the same time gets what is left.
    const before = taken
    taken = now
    return new Map(
      [...now]
        .filter(([sample, value]) => value !== before.get(sample))
        .map(([sample, value]) => [sample, value - (before.get(sample) ?? 0)]),
    )
  }
}
