import type { z } from 'zod'

/** One message of a prompt. What people wrote goes into `user` messages, marked as data: it is untrusted. */
export interface PromptMessage {
  role: 'system' | 'user'
  content: string
  images?: readonly { mimeType: string; base64: string }[]
}

/**
 * One kind of work that a model does: what it is asked, the shape of its answer, and how the same work is done by plain
 * methods where there is no model or it fails (DESIGN 6). The domain that needs the work defines it.
 */
export interface ModelJob<Input, Output> {
  /** For logs and measures, e.g. `summarize`. */
  name: string
  /** An object at the root, `.nullable()` instead of `.optional()`, no records and no transforms. */
  schema: z.ZodType<Output>
  prompt(input: Input): readonly PromptMessage[]
  /** Needs no key and no network, and always succeeds. */
  offline(input: Input): Output
  /** At most so many tokens are paid for one answer. */
  maxTokens?: number
}

export interface ModelAnswer<Output> {
  output: Output
  /** Who answered: the server's model, or `OFFLINE_MODEL`. */
  model: string
  /** The model failed, and the offline result is served in its place. */
  isFallback: boolean
}

export interface RunOptions {
  /** Aborting throws the signal's reason; nothing more is asked of the model. */
  signal?: AbortSignal
  /** For the whole job with every retry and repair, ms. The configured deadline unless said otherwise. */
  deadlineMs?: number
  /** What a failure of the model becomes: the offline result, marked (`offline`, the default), or a `ModelError`. */
  onFailure?: 'offline' | 'throw'
}

/** The only way to a language model. Never throws anything but `ModelError` and the signal's reason. */
export interface Model {
  /** How much text a prompt may hold, UTF-16 units; absent: whatever there is. Longer work is to be split. */
  readonly promptCharacters?: number
  run<Input, Output>(
    job: ModelJob<Input, Output>,
    input: Input,
    options?: RunOptions,
  ): Promise<ModelAnswer<Output>>
}

/** The name that offline results carry. */
export const OFFLINE_MODEL = 'lifeline-offline'

/** Why a model gave no usable answer. `isTransient`: asking again later could help. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly isTransient: boolean

  constructor(message: string, { isTransient, cause }: { isTransient: boolean; cause?: unknown }) {
    super(message, cause === undefined ? undefined : { cause })
    this.isTransient = isTransient
  }
}
