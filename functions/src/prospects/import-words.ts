import type { z } from 'zod'
import { FactKind, LeadClassification, MAX_FACTS } from './schema.ts'

/** What is wrong at which field of a row, and what to do about it. */
export type Problem = [field: string | null, problem: string]

type Issue = z.core.$ZodIssue

const MAX_SHOWN = 40

/** What stands there, short enough for a line; nothing of what is no text. */
const shown = (value: unknown): string => {
  if (typeof value !== 'string') return 'is no text'
  const signs = Array.from(value)
  return `is “${signs.length > MAX_SHOWN ? `${signs.slice(0, MAX_SHOWN).join('')}…` : value}”`
}

/** @param row what was checked: a prospect with facts that have their kinds */
export function sayIssue(
  issue: Issue,
  row: { facts: readonly unknown[] } & Record<string, unknown>,
): Problem {
  const [name, at, member] = issue.path
  if (name !== 'facts') return [String(name), sayField(String(name), row[String(name)], issue)]
  if (typeof at !== 'number') return ['facts', `are more than ${MAX_FACTS}: leave some out.`]
  return sayFact(row.facts[at], at, member, row.facts)
}

function sayField(name: string, value: unknown, issue: Issue): string {
  if (name === 'lead_id') {
    return value === undefined
      ? 'is missing: give every row an id of its own, such as LEAD-2001.'
      : `${shown(value)}: use letters, digits and _ : @ + - only, 128 at most.`
  }
  if (name === 'lead_classification') {
    return `${shown(value)}: write ${LeadClassification.options.join(', ')}, or leave it empty.`
  }
  if (name === 'profile_image_url') {
    return `${shown(value)}: write an address that begins with https://, of 500 characters at most, or leave it empty.`
  }
  return issue.code === 'too_big'
    ? `has ${String(value).trim().length} characters: shorten it to ${Number(issue.maximum)}.`
    : `${shown(value)}: write a text or a number, or leave it out.`
}

/** Under the name of its kind, which is the column that it came from, and its place there. */
function sayFact(fact: unknown, at: number, member: unknown, all: readonly unknown[]): Problem {
  const { kind, text } = (typeof fact === 'object' && fact !== null ? fact : {}) as {
    kind?: unknown
    text?: unknown
  }
  const isKind = FactKind.options.some((each) => each === kind)
  if (!isKind) {
    return ['facts', `number ${at + 1} has no kind that is known: use ${FactKind.options.join(', ')}.`]
  }
  const sameKind = all.slice(0, at).filter((each) => (each as { kind?: unknown } | null)?.kind === kind)
  const number = `number ${sameKind.length + 1}`
  if (member === 'fact_id') {
    return [String(kind), `${number} has an id that cannot be used: take the id out, and it gets one.`]
  }
  if (typeof text !== 'string') return [String(kind), `${number} is no text: write a text, or take it out.`]
  const { length } = text.trim()
  return [
    String(kind),
    length === 0
      ? `${number} is empty: write something, or take it out.`
      : `${number} has ${length} characters: shorten it to 600, or make two of it.`,
  ]
}
