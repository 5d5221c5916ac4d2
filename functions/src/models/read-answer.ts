import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { jsonObjectsIn } from './json-objects.ts'

/** What a model wrote, read as the shape that was asked for, or what is wrong with it in words for the model. */
export type ReadAnswer<Output> = { ok: true; output: Output } | { ok: false; problem: string }

const THINKING = /<(think|thinking|reasoning)>[\s\S]*?<\/\1>/gi
/** A chat template may hide where thinking begins and show only where it ends. */
const END_OF_THINKING = /^[\s\S]*<\/(?:think|thinking|reasoning)>/i
const FENCE = /```[a-z]*\s*\n?([\s\S]*?)```/gi
const PROBLEM_MAX = 600

/**
 * Model output is untrusted input: thinking, fences and talk around the JSON are taken off, and the rest is parsed. An answer
 * that was sent twice is one; of two that differ nobody knows which was meant.
 */
export function readAnswer<Output>(text: string, schema: z.ZodType<Output>): ReadAnswer<Output> {
  const [value, ...others] = readObjects(text)
  if (value === undefined) return { ok: false, problem: 'It is not valid JSON.' }
  if (others.some((other) => !isDeepStrictEqual(other, value))) {
    return { ok: false, problem: 'It holds several JSON objects that differ; send one.' }
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, output: parsed.data }
  return { ok: false, problem: z.prettifyError(parsed.error).slice(0, PROBLEM_MAX) }
}

function readObjects(text: string): unknown[] {
  const plain = text.replace(THINKING, '').replace(END_OF_THINKING, '').trim()
  try {
    return [JSON.parse(plain)]
  } catch {
    // Then it is somewhere within.
  }
  const fenced = Array.from(plain.matchAll(FENCE), ([, inside = '']) => inside).flatMap(jsonObjectsIn)
  return fenced.length > 0 ? fenced : jsonObjectsIn(plain)
}
