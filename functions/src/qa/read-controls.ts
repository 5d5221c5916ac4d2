import { z } from 'zod'
import { ControlQuestion } from './question-schema.ts'

const WithControls = z.looseObject({ control_questions: z.array(ControlQuestion).default([]) })

/** The control questions of a session's context, which was checked when the question was put. */
export const readControls = (context: Record<string, unknown>): ControlQuestion[] =>
  WithControls.parse(context).control_questions
