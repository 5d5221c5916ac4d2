import { z } from 'zod'

/** Which model server is asked, and how patiently (DESIGN 6). */
export interface ModelsConfig {
  /** The OpenAI-compatible server; null: there is none, and every answer is the offline one. */
  server: { baseUrl: string; apiKey: string; model: string } | null
  /** For one answer with all its retries and its repair. */
  deadlineSeconds: number
  /** Requests that one process has open at the server. */
  concurrency: number
  /** What one prompt may hold, UTF-16 units; a longer conversation is told in parts. */
  promptCharacters: number
}

export const ModelsEnvironment = {
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  OPENAI_MODEL: z.string().optional(),
  MODEL_DEADLINE_SECONDS: z.coerce.number().int().positive().max(600).default(60),
  MODEL_CONCURRENCY: z.coerce.number().int().positive().max(1_000).default(16),
  // Some 15,000 tokens of English: what models of 32,000 take beside instructions and answer.
  MODEL_PROMPT_CHARACTERS: z.coerce.number().int().min(2_000).max(4_000_000).default(60_000),
}

type Environment = z.output<z.ZodObject<typeof ModelsEnvironment>>

/** The one combination that cannot work, in the words of a `ConfigError`. */
export const problemsOfModels = (env: Environment): string[] =>
  env.OPENAI_BASE_URL !== undefined && env.OPENAI_MODEL === undefined
    ? ['OPENAI_MODEL: is required where OPENAI_BASE_URL is set']
    : []

/** A key alone names no server: what people wrote goes nowhere that nobody has named. */
export function readModelsConfig(env: Environment): ModelsConfig {
  const { OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: model, OPENAI_API_KEY: apiKey } = env
  return {
    // Local servers want no key, and the client refuses an empty one.
    server:
      baseUrl === undefined || model === undefined ? null : { baseUrl, model, apiKey: apiKey ?? 'none' },
    deadlineSeconds: env.MODEL_DEADLINE_SECONDS,
    concurrency: env.MODEL_CONCURRENCY,
    promptCharacters: env.MODEL_PROMPT_CHARACTERS,
  }
}
