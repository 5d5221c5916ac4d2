import { type Model, OFFLINE_MODEL } from './model.ts'

/** The model that needs no key and no network: each job's own plain method. */
export function createOfflineModel(): Model {
  return {
    async run(job, input, { signal } = {}) {
      signal?.throwIfAborted()
      return { output: job.offline(input), model: OFFLINE_MODEL, isFallback: false }
    },
  }
}
