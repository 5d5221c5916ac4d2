import type OpenAI from 'openai'
import { z } from 'zod'
import type { PromptMessage } from './model.ts'

/** How the shape of an answer is asked for, from the strictest to what every server knows. */
export const FORMATS = ['json_schema', 'json_object', 'plain'] as const
export type AnswerFormat = (typeof FORMATS)[number]

type Request = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming

/** What is sent of a schema: strict servers refuse these, and the answer is checked against the whole of it anyway. */
const UNKNOWN_TO_STRICT = ['minLength', 'maxLength', 'default', 'pattern', 'format'] as const

export const toSentSchema = (schema: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...sent } = z.toJSONSchema(schema, {
    override({ jsonSchema }) {
      for (const keyword of UNKNOWN_TO_STRICT) delete jsonSchema[keyword]
    },
  })
  return sent
}

export const responseFormat = (
  format: AnswerFormat,
  name: string,
  schema: Record<string, unknown>,
): Request['response_format'] => {
  if (format === 'json_object') return { type: 'json_object' }
  if (format === 'plain') return undefined
  const safe = name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64)
  return { type: 'json_schema', json_schema: { name: safe, strict: true, schema } }
}

/** In words, for servers that do not take the schema by itself. `json_object` wants the word JSON in the prompt. */
export const schemaInWords = (schema: Record<string, unknown>): string =>
  `Answer with one JSON object and nothing else: no explanation, no code fence. It must fit this JSON Schema:\n${JSON.stringify(schema)}`

export function toMessages(
  prompt: readonly PromptMessage[],
  format: AnswerFormat,
  schema: Record<string, unknown>,
): Request['messages'] {
  const messages = prompt.map(toMessage)
  return format === 'json_schema'
    ? messages
    : [{ role: 'system', content: schemaInWords(schema) }, ...messages]
}

function toMessage({ role, content, images = [] }: PromptMessage): Request['messages'][number] {
  if (role === 'system') return { role, content }
  if (images.length === 0) return { role, content }
  const pictures = images.map(({ mimeType, base64 }) => ({
    type: 'image_url' as const,
    image_url: { url: `data:${mimeType};base64,${base64}` },
  }))
  return { role, content: [{ type: 'text', text: content }, ...pictures] }
}
