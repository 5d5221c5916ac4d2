import type { ProcedureContent, ProcedureLanguage, ProcedureText } from '../schema.ts'

/** One of our own procedures, whose `revision` rises when we change it. */
export interface StandardProcedure extends ProcedureContent {
  procedure_id: string
  revision: number
}

interface Draft extends ProcedureText {
  /** With commas between; the languages are told apart by nobody. */
  keywords: string
  in?: Partial<Record<ProcedureLanguage, ProcedureText>>
}

/** Makes the record of a procedure from how we write one down. */
export const define = (
  procedure_id: string,
  priority: number,
  { keywords, in: translated = {}, ...text }: Draft,
): StandardProcedure => ({
  procedure_id,
  revision: 1,
  priority,
  ...text,
  keywords: keywords.split(',').map((each) => each.trim()),
  translations: Object.entries(translated).map(([language, each]) => ({
    language: language as ProcedureLanguage,
    ...each,
  })),
})
