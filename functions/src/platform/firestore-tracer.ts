import type { Clock } from './clock.ts'
import type { Metrics } from './metrics.ts'

/** OpenTelemetry's `SpanStatusCode.ERROR`. */
const ERROR = 2

/**
 * What Firestore's SDK takes for an OpenTelemetry tracer: it is told of each call by a name of its own (`Query.Get`,
 * `Transaction.Commit`, …), and that is counted and timed. Nothing of it leaves the process.
 */
export function firestoreTracer(metrics: Pick<Metrics, 'databaseCall'>, clock: Pick<Clock, 'now'>) {
  function start(operation: string) {
    const started = clock.now()
    let isOk = true
    let isOver = false
    const span = {
      // It then spares itself the details.
      isRecording: () => false,
      setAttributes: () => span,
      addEvent: () => span,
      recordException: () => undefined,
      setStatus({ code }: { code: number }) {
        isOk = code !== ERROR
      },
      end() {
        if (isOver) return
        isOver = true
        metrics.databaseCall({
          database: 'firestore',
          operation,
          ms: clock.now() - started,
          outcome: isOk ? 'ok' : 'failed',
        })
      },
    }
    return span
  }
  type Run = (span: ReturnType<typeof start>) => unknown
  const tracer = {
    startSpan: start,
    startActiveSpan: (operation: string, _options: object, run: Run) => run(start(operation)),
  }
  return { getTracer: () => tracer }
}
