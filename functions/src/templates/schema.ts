import { z } from 'zod'
import { Id } from '../platform/schema.ts'

/** The steps of a text-emergency conversation, in their order. */
export const TemplateStage = z.enum([
  'greeting',
  'location',
  'safety',
  'details',
  'waiting',
  'closing',
  'other',
])
export type TemplateStage = z.infer<typeof TemplateStage>

/** A standing phrase, ready to be sent as it stands or to be changed first. */
export const Template = z.object({
  template_id: Id,
  stage: TemplateStage,
  title: z.string().min(1).max(80),
  text: z.string().min(1).max(1_000),
  /** `company`: their own, or their wording of one of ours. */
  origin: z.enum(['standard', 'company']),
})
export type Template = z.infer<typeof Template>

export const TemplatesReply = z.object({ success: z.literal(true), templates: z.array(Template) })

/**
 * `companies/{company_id}/templates/{template_id}`: a phrase of the company's own. Under the id of one of ours it takes
 * its place; `hidden` takes it away.
 */
export const StoredTemplate = z.union([
  z.object({ hidden: z.literal(true) }),
  z.object({
    stage: TemplateStage.default('other'),
    title: Template.shape.title,
    text: Template.shape.text,
    /** Where it stands within its stage; ours have 10, 20, 30 and so on. */
    position: z.number().default(1_000),
    hidden: z.literal(false).default(false),
  }),
])
