import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { TranscriptMessage } from '../functions/src/models/offline/transcript.ts'

/** A conversation and the summaries that people wrote of it. */
export interface Referenced {
  messages: TranscriptMessage[]
  references: string[]
}

/**
 * One line of a set: its turns, or the whole as `dialogue` with `Speaker: words` a line; and its summaries as a list, or as
 * `summary`, `summary1`, `summary2`… DialogSum's own files have the second form.
 */
const Line = z
  .looseObject({
    turns: z.array(z.object({ role: z.string(), text: z.string() })).optional(),
    dialogue: z.string().optional(),
    references: z.array(z.string()).optional(),
  })
  .transform((line) => ({
    turns: line.turns ?? turnsOf(line.dialogue ?? ''),
    references: line.references ?? summariesOf(line),
  }))
  .refine(
    ({ turns, references }) => turns.length > 0 && references.length > 0,
    'has no turns or no references',
  )

/** @throws Error naming file and line, where a line is no such conversation. */
export function readSet(file: string): Referenced[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [parse(line, `${file}:${at + 1}`)]))
}

function parse(line: string, place: string): Referenced {
  const parsed = Line.safeParse(JSON.parse(line))
  if (!parsed.success) throw new Error(`${place}: ${z.prettifyError(parsed.error)}`)
  const { turns, references } = parsed.data
  const messages = turns.map(({ role, text }, at) => ({
    message_id: `m${at}`,
    role: 'user',
    speaker: role,
    content: text,
  }))
  return { messages, references }
}

const TURN = /^([^:]{1,60}):\s+(.*)$/

/** A line without a speaker goes on with the turn before it. */
function turnsOf(dialogue: string): { role: string; text: string }[] {
  const turns: { role: string; text: string }[] = []
  for (const line of dialogue.split(/\r?\n/)) {
    const [, role, text] = TURN.exec(line.trim()) ?? []
    const last = turns.at(-1)
    if (role !== undefined && text !== undefined) turns.push({ role, text })
    else if (last !== undefined) last.text += ` ${line.trim()}`
  }
  return turns
}

const summariesOf = (line: Record<string, unknown>): string[] =>
  Object.entries(line).flatMap(([key, value]) =>
    /^summary\d*$/.test(key) && typeof value === 'string' ? [value] : [],
  )
