import { type Model, type ModelJob, OFFLINE_MODEL, type RunOptions } from '../../models/model.ts'

export interface TestModel extends Model {
  /** Calls so far, in the order in which they began. */
  calls: { job: string; input: unknown }[]
  /** Calls that have begun and not ended. */
  running(): number
}

/**
 * A model for tests that works out every job by its own plain methods. `before` is what a call goes through first: a test
 * makes it wait, or fail.
 */
export function offlineModel(
  before: (call: {
    job: string
    input: unknown
    signal: AbortSignal | undefined
  }) => Promise<void> | void = () => {},
): TestModel {
  const calls: TestModel['calls'] = []
  let running = 0
  return {
    calls,
    running: () => running,
    async run<Input, Output>(job: ModelJob<Input, Output>, input: Input, { signal }: RunOptions = {}) {
      signal?.throwIfAborted()
      calls.push({ job: job.name, input })
      running += 1
      try {
        await before({ job: job.name, input, signal })
        return { output: job.schema.parse(job.offline(input)), model: OFFLINE_MODEL, isFallback: false }
      } finally {
        running -= 1
      }
    },
  }
}
