import { z } from 'zod'
import { Id, Timestamp } from '../platform/schema.ts'

/** Languages that a procedure may stand in besides English, which every one has. */
export const ProcedureLanguage = z.enum(['hi', 'es', 'ar'])
export type ProcedureLanguage = z.infer<typeof ProcedureLanguage>

const Line = z
  .string()
  .trim()
  .min(1)
  .max(240)
  .refine((text) => text.isWellFormed() && !/[\r\n]/.test(text), 'must be one line')

/** What is said of a procedure in one language. `avoid`: what not to do, and when not to do it at all. */
export const ProcedureText = z.object({
  title: z.string().trim().min(1).max(80),
  steps: z.array(Line).min(1).max(12),
  avoid: z.array(Line).max(6),
})
export type ProcedureText = z.infer<typeof ProcedureText>

export const ProcedureTranslation = ProcedureText.extend({ language: ProcedureLanguage })
export type ProcedureTranslation = z.infer<typeof ProcedureTranslation>

/** What a person writes of a procedure; the text itself is English. */
export const ProcedureContent = ProcedureText.extend({
  /** Of several that fit, the smallest goes first: 1 is for what kills within minutes. */
  priority: z.int().min(1).max(9),
  /** Words and short phrases of people in trouble, in any language, by which it is found. */
  keywords: z.array(z.string().trim().min(1).max(60)).min(1).max(150),
  translations: z
    .array(ProcedureTranslation)
    .max(3)
    .refine(
      (all) => new Set(all.map(({ language }) => language)).size === all.length,
      'has a language more than once',
    ),
})
export type ProcedureContent = z.infer<typeof ProcedureContent>

/** A procedure as the API shows it. */
export const Procedure = ProcedureContent.extend({
  procedure_id: Id,
  /** Rises by one with each change. */
  version: z.int().positive(),
  /** `company`: their own, or their wording of one of ours. */
  origin: z.enum(['standard', 'company']),
  /** Who last changed it, and when; null for one of ours. */
  changed_by: Id.nullable(),
  changed_at: Timestamp.nullable(),
  /** Who has read this very version and stands for it; null: nobody yet. */
  reviewed_by: Id.nullable(),
  reviewed_at: Timestamp.nullable(),
  /** Taken away: the assistant does not use it, and an earlier version may be restored. */
  deleted: z.boolean(),
})
export type Procedure = z.infer<typeof Procedure>

export const ProceduresReply = z.object({ success: z.literal(true), procedures: z.array(Procedure) })
/** `versions`: it and what it was before, latest first. */
export const ProcedureReply = z.object({
  success: z.literal(true),
  procedure: Procedure,
  versions: z.array(Procedure),
})
export type ProcedureReply = z.infer<typeof ProcedureReply>

/** `deleted=true`: those that were taken away, instead of those in use. */
export const ProceduresQuery = z.object({ deleted: z.enum(['true', 'false']).optional() })

/** `reviewed`: whoever sends it has read it and stands for it. */
export const NewProcedureBody = ProcedureContent.extend({ reviewed: z.boolean() })
export type NewProcedureBody = z.infer<typeof NewProcedureBody>

/** The version that the caller has seen; when it is not the current one any more, nothing is changed. */
const version = z.int().positive()
export const ProcedureBody = NewProcedureBody.extend({ version })
export type ProcedureBody = z.infer<typeof ProcedureBody>
export const DeleteProcedureQuery = z.object({ version: z.coerce.number().pipe(version) })
export const RestoreProcedureBody = z.object({ version, restore: version })
