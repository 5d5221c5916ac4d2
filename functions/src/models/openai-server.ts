import { setTimeout as sleep } from 'node:timers/promises'
import OpenAI from 'openai'
import type { Clock } from '../platform/clock.ts'
import type { TokenUsage } from './call-report.ts'
import { type AnswerFormat, FORMATS, responseFormat, toMessages } from './answer-format.ts'
import type { PromptMessage } from './model.ts'
import { type CompletionText, readCompletion, readUsage } from './read-completion.ts'
import { AnswerFailure, complaintOf, readFailure, type RequestFailure } from './request-failure.ts'

export interface ServerSettings {
  baseUrl: string
  apiKey: string
  model: string
}

/** One question to the server, with what counts what it costs. */
export interface Ask {
  name: string
  prompt: readonly PromptMessage[]
  /** Turns behind the prompt: what the model answered, and what was wrong with it. */
  repair: OpenAI.Chat.Completions.ChatCompletionMessageParam[]
  schema: Record<string, unknown>
  maxTokens: number | undefined
  signal: AbortSignal
  /** When the deadline passes, ms since 1970. */
  deadline: number
  spent: { requests: number; tokens: TokenUsage }
}

const ATTEMPTS = 4
const BACKOFF_MS = 400
const BACKOFF_MAX_MS = 8_000

/**
 * An OpenAI-compatible server and what was learnt of it: which answer formats it knows, and by which name it takes the limit
 * of tokens. Local servers have `chat/completions` only, and each a part of it.
 */
export function createOpenAiServer(settings: ServerSettings, clock: Clock) {
  // An empty address would send everything to the public service.
  if (settings.baseUrl === '') throw new TypeError('a model server needs an address')
  const client = new OpenAI({
    apiKey: settings.apiKey,
    baseURL: settings.baseUrl,
    organization: null,
    project: null,
    // It would also repeat what cannot succeed, and wait without regard to the deadline.
    maxRetries: 0,
    logLevel: 'off',
  })
  let format: AnswerFormat = 'json_schema'
  let limitName: 'max_tokens' | 'max_completion_tokens' = 'max_tokens'

  async function request(ask: Ask): Promise<CompletionText> {
    ask.spent.requests += 1
    const used = format
    const limit = limitName
    const shape = responseFormat(used, ask.name, ask.schema)
    try {
      const body: unknown = await client.chat.completions.create(
        {
          model: settings.model,
          messages: [...toMessages(ask.prompt, used, ask.schema), ...ask.repair],
          ...(shape && { response_format: shape }),
          ...(ask.maxTokens !== undefined && { [limit]: ask.maxTokens }),
        },
        // The signal ends it at the deadline; the client's own limit must not come first and pass for a lost connection.
        { signal: ask.signal, timeout: Math.max(0, ask.deadline - clock.now()) + 60_000 },
      )
      const { prompt, completion } = readUsage(body)
      ask.spent.tokens.prompt += prompt
      ask.spent.tokens.completion += completion
      return readCompletion(body)
    } catch (error) {
      const lower = FORMATS[FORMATS.indexOf(used) + 1]
      const complaint = complaintOf(error)
      if (complaint === 'format' && lower !== undefined) {
        // Another request may have learnt it meanwhile.
        if (format === used) format = lower
        return request(ask)
      }
      if (complaint === 'token-limit' && limit === 'max_tokens' && ask.maxTokens !== undefined) {
        limitName = 'max_completion_tokens'
        return request(ask)
      }
      throw error
    }
  }

  /** The text of an answer, after as many attempts as make sense before the deadline. Throws `AnswerFailure`. */
  return async function ask(question: Ask): Promise<CompletionText> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await request(question)
      } catch (error) {
        question.signal.throwIfAborted()
        const { reason, isTransient, retryAfterMs } =
          error instanceof AnswerFailure ? asFailure(error) : readFailure(error, clock.now())
        const backoff = Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2)
        const wait = retryAfterMs ?? backoff
        // What would end after the deadline is not begun: the caller gets its answer sooner.
        const isLate = clock.now() + wait >= question.deadline
        if (!isTransient || attempt >= ATTEMPTS || isLate) {
          throw error instanceof AnswerFailure
            ? error
            : new AnswerFailure(reason, { isTransient, cause: error })
        }
        await sleep(wait, undefined, { signal: question.signal })
      }
    }
  }
}

const asFailure = ({ reason, isTransient }: AnswerFailure): RequestFailure => ({
  reason,
  isTransient,
  retryAfterMs: null,
})
