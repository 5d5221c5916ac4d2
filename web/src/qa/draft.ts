import { ControlQuestion, MAX_CONTROL_QUESTIONS, MAX_PROSPECTS } from '@lifeline/functions/contract'
import type { PersonaBase, QuestionSession, QuestionSubmitRequest } from '@lifeline/functions/contract'
import { z } from 'zod'

export const MAX_QUESTION = 2_000
export const MAX_CONTROLS = MAX_CONTROL_QUESTIONS

/** A picture that goes with the question. `base64` without a prefix. */
export type DraftImage = { name: string; type: string; base64: string }

/** A line of the context; `key` tells lines apart while they are written. */
export type ContextLine = { key: number; name: string; value: string }

export type ControlLine = { key: number; question: string; field: ExpectedField }
export type ExpectedField = NonNullable<ControlQuestion['expected_field']>

/** A question that is being put together. */
export type Draft = {
  question: string
  /** By id, in the order in which they were chosen. */
  chosen: ReadonlyMap<string, PersonaBase>
  image: DraftImage | null
  context: readonly ContextLine[]
  controls: readonly ControlLine[]
}

export const EMPTY_DRAFT: Draft = {
  question: '',
  chosen: new Map(),
  image: null,
  context: [],
  controls: [],
}

/** Characters as people and the API count them: a pair of surrogates is one. */
export const countCharacters = (text: string): number => Array.from(text).length

/** The draft with these people as well, as far as a session takes them. */
export function choose(draft: Draft, personas: readonly PersonaBase[]): Draft {
  const chosen = new Map(draft.chosen)
  for (const persona of personas) if (chosen.size < MAX_PROSPECTS) chosen.set(persona.lead_id, persona)
  return { ...draft, chosen }
}

export function leaveOut(draft: Draft, leadIds: readonly string[]): Draft {
  const chosen = new Map(draft.chosen)
  for (const leadId of leadIds) chosen.delete(leadId)
  return { ...draft, chosen }
}

export type DraftField = 'question' | 'prospects' | 'image' | 'context'
export type DraftProblems = Partial<Record<DraftField | 'form', string>>

/** What has to be mended before the question can be sent, in words, by field. */
export function problemsOf({ question, chosen, context, controls }: Draft): DraftProblems {
  const problems: DraftProblems = {}
  const over = countCharacters(question) - MAX_QUESTION
  if (question.trim() === '') problems.question = 'Write the question.'
  else if (over > 0) {
    problems.question = `The question is ${over} ${over === 1 ? 'character' : 'characters'} too long.`
  }
  if (chosen.size === 0) problems.prospects = 'Choose at least one prospect.'
  const names = context.map(({ name }) => name.trim())
  if (names.includes('') || controls.some((control) => control.question.trim() === '')) {
    problems.context = 'Every line needs something in it. Take away what is not needed.'
  } else if (new Set(names).size < names.length) {
    problems.context = 'Two lines have the same name.'
  } else if (names.includes(CONTROLS)) {
    problems.context = `“${CONTROLS}” is the name of the control questions below.`
  }
  return problems
}

/** The name under which the context of a session holds its control questions. */
const CONTROLS = 'control_questions'

export function toRequest({ question, chosen, image, context, controls }: Draft): QuestionSubmitRequest {
  const asked = controls.map(({ question, field }) => ({ question: question.trim(), expected_field: field }))
  return {
    question: question.trim(),
    prospect_ids: [...chosen.keys()],
    ...(image !== null && { image_base64: image.base64, image_mime_type: image.type }),
    context: {
      ...Object.fromEntries(context.map(({ name, value }) => [name.trim(), value])),
      ...(asked.length > 0 && { [CONTROLS]: asked }),
    },
  }
}

/** The draft that asks the same again; values of the context that are no text become JSON. */
export function draftOf(
  { question, target_prospects, context }: QuestionSession,
  image: DraftImage | null,
): Draft {
  const { [CONTROLS]: given, ...rest } = context
  const controls = z.array(ControlQuestion).safeParse(given).data ?? []
  return {
    question,
    chosen: new Map(target_prospects.map((persona) => [persona.lead_id, persona])),
    image,
    context: Object.entries(rest).map(([name, value], key) => ({
      key,
      name,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    })),
    controls: controls.flatMap(({ question, expected_field }, key) =>
      expected_field === undefined ? [] : [{ key, question, field: expected_field }],
    ),
  }
}

/** A key that no line has yet. */
export const nextKey = (lines: readonly { key: number }[]): number =>
  Math.max(-1, ...lines.map(({ key }) => key)) + 1
