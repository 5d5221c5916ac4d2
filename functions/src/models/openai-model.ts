import pLimit from 'p-limit'
import type { Logger } from 'pino'
import type { Clock } from '../platform/clock.ts'
import { schemaInWords, toSentSchema } from './answer-format.ts'
import type { ModelCall, ObserveCall } from './call-report.ts'
import { type Model, ModelError, type ModelJob, type RunOptions } from './model.ts'
import { type Ask, createOpenAiServer, type ServerSettings } from './openai-server.ts'
import { readAnswer } from './read-answer.ts'
import { AnswerFailure } from './request-failure.ts'

export interface OpenAiModelOptions extends ServerSettings {
  deadlineMs: number
  concurrency: number
  clock: Clock
  log: Logger
  observe?: ObserveCall
}

/**
 * The model behind an OpenAI-compatible server (DESIGN 6). Failures are always thrown here, as `ModelError`;
 * `createModel` serves the offline result in their place.
 */
export function createOpenAiModel(options: OpenAiModelOptions): Model {
  const { model, clock, log, observe } = options
  const askServer = createOpenAiServer(options, clock)
  const limit = pLimit(options.concurrency)

  async function answer<Input, Output>(job: ModelJob<Input, Output>, input: Input, ask: Ask) {
    const first = await askServer(ask)
    const read = readAnswer(first.text, job.schema)
    if (read.ok) return { output: read.output, model: first.model ?? model, isRepaired: false }
    ask.repair = [
      { role: 'assistant', content: first.text },
      { role: 'user', content: `That answer cannot be used. ${read.problem}\n${schemaInWords(ask.schema)}` },
    ]
    const second = await askServer(ask)
    const reread = readAnswer(second.text, job.schema)
    if (!reread.ok) throw new AnswerFailure('wrong-shape', { isTransient: false })
    return { output: reread.output, model: second.model ?? model, isRepaired: true }
  }

  return {
    async run<Input, Output>(job: ModelJob<Input, Output>, input: Input, run: RunOptions = {}) {
      run.signal?.throwIfAborted()
      const started = clock.now()
      const deadlineMs = run.deadlineMs ?? options.deadlineMs
      const late = new AbortController()
      const stopTimer = clock.after(deadlineMs, () => late.abort())
      const signal = run.signal ? AbortSignal.any([run.signal, late.signal]) : late.signal
      const spent = { requests: 0, tokens: { prompt: 0, completion: 0 } }
      const report = (outcome: ModelCall['outcome'], reason: string | null): void => {
        const call = { job: job.name, model, outcome, reason, tookMs: clock.now() - started, ...spent }
        if (outcome === 'transient' || outcome === 'permanent') log.warn(call, 'model failed')
        else log.info(call, 'model called')
        observe?.(call)
      }
      try {
        const ask: Ask = {
          name: job.name,
          prompt: job.prompt(input),
          repair: [],
          schema: toSentSchema(job.schema),
          maxTokens: job.maxTokens,
          signal,
          deadline: started + deadlineMs,
          spent,
        }
        const { isRepaired, ...answered } = await orAborted(
          limit(() => {
            // Whoever gave up while waiting for a place asks nothing any more.
            signal.throwIfAborted()
            return answer(job, input, ask)
          }),
          signal,
        )
        report(isRepaired ? 'repaired' : 'answered', null)
        return { ...answered, isFallback: false }
      } catch (error) {
        if (run.signal?.aborted) {
          report('aborted', 'aborted')
          throw run.signal.reason
        }
        const failure = late.signal.aborted
          ? new AnswerFailure('deadline', { isTransient: true, cause: error })
          : toFailure(error)
        report(failure.isTransient ? 'transient' : 'permanent', failure.reason)
        throw failure
      } finally {
        stopTimer()
      }
    },
  }
}

/** A prompt or a schema that cannot be built is a fault of the job's: no other attempt helps. */
const toFailure = (error: unknown): AnswerFailure =>
  error instanceof AnswerFailure ? error : new AnswerFailure('fault', { isTransient: false, cause: error })

/** `work`, or the abort: a body that never ends must not hold up the caller. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const abort = (): void => reject(new ModelError('aborted', { isTransient: true }))
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  return promise
}
