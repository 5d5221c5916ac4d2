import { z } from 'zod'
import type { TokenUsage } from './call-report.ts'
import { AnswerFailure } from './request-failure.ts'

/** The part of a completion that is read; servers differ in everything else. */
const Completion = z.object({
  model: z.string().nullish(),
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
    }),
  ),
  usage: z.object({ prompt_tokens: z.number().nullish(), completion_tokens: z.number().nullish() }).nullish(),
})

export interface CompletionText {
  text: string
  model: string | null
}

/** What the server counted, also of an answer that is of no use: it is paid for all the same. */
export function readUsage(body: unknown): TokenUsage {
  const usage = Completion.pick({ usage: true }).safeParse(body).data?.usage
  return { prompt: usage?.prompt_tokens ?? 0, completion: usage?.completion_tokens ?? 0 }
}

/** The text of a completion. Throws `AnswerFailure` where there is none: the client lets all of these pass. */
export function readCompletion(body: unknown): CompletionText {
  const parsed = Completion.safeParse(body)
  // HTML with 200, from a portal or a wrong path: the same request gets the same page.
  if (!parsed.success) throw new AnswerFailure('not-a-completion', { isTransient: false })
  const [choice] = parsed.data.choices
  if (choice === undefined) throw new AnswerFailure('no-choices', { isTransient: true })
  const { message, finish_reason } = choice
  if (message.refusal) throw new AnswerFailure('refusal', { isTransient: false })
  // The same prompt would be cut, or filtered, in the same place.
  if (finish_reason === 'length') throw new AnswerFailure('length', { isTransient: false })
  if (finish_reason === 'content_filter') throw new AnswerFailure('content-filter', { isTransient: false })
  if (!message.content) throw new AnswerFailure('empty', { isTransient: true })
  return { text: message.content, model: parsed.data.model ?? null }
}
