import type { Logger } from 'pino'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import type { ObserveCall } from './call-report.ts'
import { type Model, ModelError, OFFLINE_MODEL } from './model.ts'
import { createOfflineModel } from './offline-model.ts'
import { createOpenAiModel } from './openai-model.ts'

interface Around {
  config: Pick<Config, 'models'>
  clock: Clock
  log: Logger
  /** Told of every run, for measures. */
  observe?: ObserveCall
}

/** The model of this process: the configured server with the offline result in reserve, or the offline one alone. */
export function createModel({ config, clock, log, observe }: Around): Model {
  const { server, deadlineSeconds, concurrency, promptCharacters } = config.models
  const offline = createOfflineModel()
  if (server === null) return observed(offline, clock, observe)
  const online = createOpenAiModel({
    ...server,
    deadlineMs: deadlineSeconds * 1_000,
    concurrency,
    clock,
    log,
    ...(observe && { observe }),
  })
  return {
    promptCharacters,
    async run(job, input, options = {}) {
      try {
        return await online.run(job, input, options)
      } catch (error) {
        if (!(error instanceof ModelError) || options.onFailure === 'throw') throw error
        return { ...(await offline.run(job, input)), isFallback: true }
      }
    },
  }
}

function observed(offline: Model, clock: Clock, observe: ObserveCall | undefined): Model {
  return {
    async run(job, input, options) {
      const started = clock.now()
      const answer = await offline.run(job, input, options)
      const tokens = { prompt: 0, completion: 0 }
      const tookMs = clock.now() - started
      observe?.({
        job: job.name,
        model: OFFLINE_MODEL,
        outcome: 'offline',
        reason: null,
        tookMs,
        requests: 0,
        tokens,
      })
      return answer
    },
  }
}
