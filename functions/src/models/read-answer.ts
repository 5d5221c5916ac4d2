import { z } from 'zod'

/** What a model wrote, read as the shape that was asked for, or what is wrong with it in words for the model. */
export type ReadAnswer<Output> = { ok: true; output: Output } | { ok: false; problem: string }

const THINKING = /<(think|thinking|reasoning)>[\s\S]*?<\/\1>/gi
/** A chat template may hide where thinking begins and show only where it ends. */
const END_OF_THINKING = /^[\s\S]*<\/(?:think|thinking|reasoning)>/i
const FENCE = /```[a-z]*\s*\n?([\s\S]*?)```/i
const PROBLEM_MAX = 600

/** Model output is untrusted input: thinking, fences and talk around the JSON are taken off, and the rest is parsed. */
export function readAnswer<Output>(text: string, schema: z.ZodType<Output>): ReadAnswer<Output> {
  const value = parseJson(text)
  if (value === undefined) return { ok: false, problem: 'It is not valid JSON.' }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, output: parsed.data }
  return { ok: false, problem: z.prettifyError(parsed.error).slice(0, PROBLEM_MAX) }
}

function parseJson(text: string): unknown {
  const plain = text.replace(THINKING, '').replace(END_OF_THINKING, '').trim()
  const fenced = FENCE.exec(plain)?.[1]
  const start = plain.indexOf('{')
  const end = plain.lastIndexOf('}')
  const candidates = [plain, fenced, start >= 0 && end > start ? plain.slice(start, end + 1) : undefined]
  for (const candidate of candidates) {
    if (candidate === undefined) continue
    try {
      return JSON.parse(candidate)
    } catch {
      // The next reading of it may be the right one; none at all is the caller's to report.
    }
  }
  return undefined
}
