import { z } from 'zod'
import { DocumentId, Id } from '../platform/schema.ts'

export const LeadClassification = z.enum(['hot', 'warm', 'cold'])
export type LeadClassification = z.infer<typeof LeadClassification>

const field = z.string().trim().max(200).nullable().exactOptional()

/** Spec 5 `PersonaBase`. What is not known of somebody is left out. */
export const PersonaBase = z.object({
  lead_id: DocumentId,
  lead_classification: LeadClassification.nullable().exactOptional(),
  full_name: field,
  age: field,
  occupation: field,
  gender: field,
  marital_status: field,
  education_level: field,
  annual_income: field,
  profile_image_url: z
    .url({ protocol: /^https$/ })
    .max(500)
    .nullable()
    .exactOptional(),
})
export type PersonaBase = z.infer<typeof PersonaBase>

/**
 * What a fact says about somebody. `style`: how they talk. `statement`: something that they said, in their own words; a
 * twin without a model speaks in nothing else.
 */
export const FactKind = z.enum([
  'style',
  'trait',
  'like',
  'dislike',
  'belief',
  'goal',
  'routine',
  'relationship',
  'note',
  'statement',
])
export type FactKind = z.infer<typeof FactKind>

/** Something known about somebody, under an id that answers cite. */
export const Fact = z.object({
  fact_id: Id,
  kind: FactKind,
  text: z.string().trim().min(1).max(600),
})
export type Fact = z.infer<typeof Fact>

export const MAX_FACTS = 200

/** Somebody with all that a twin may stand on; whatever is not among the facts is unknown. */
export const Prospect = PersonaBase.extend({ facts: z.array(Fact).max(MAX_FACTS) })
export type Prospect = z.infer<typeof Prospect>

/** `a,b` and `a&…=b` alike. */
export const queryListOf = <T>(item: z.ZodType<T, string>) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((given) =>
      [given]
        .flat()
        .flatMap((text) => text.split(','))
        .map((text) => text.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item).max(50))

export const ProspectListQuery = z.object({
  /** In names, occupations and ids. */
  search: z.string().trim().max(200).exactOptional(),
  classification: queryListOf(LeadClassification).exactOptional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  page_size: z.coerce.number().int().min(1).max(500).default(50),
})
export type ProspectListQuery = z.output<typeof ProspectListQuery>

export const ProspectListReply = z.object({
  prospects: z.array(PersonaBase),
  total_count: z.int().nonnegative(),
  page: z.int(),
  page_size: z.int(),
  total_pages: z.int().nonnegative(),
  /** How many of all that were found are hot, warm, cold or not classified, whatever page this is. */
  classification_counts: z.object({
    hot: z.int(),
    warm: z.int(),
    cold: z.int(),
    unclassified: z.int(),
  }),
})
export type ProspectListReply = z.infer<typeof ProspectListReply>

/** The most rows of one import. */
export const MAX_IMPORT_ROWS = 1_000

/**
 * `content` is the file's text. JSON: an array of objects. CSV: a header with the same names, and several facts of a kind
 * in one cell, a line each. Facts stand under their kind's name (`statement`, `belief` …) or, in JSON, under `facts`.
 */
export const ImportBody = z.object({
  format: z.enum(['json', 'csv']),
  content: z.string().min(1).max(4_000_000),
  /** Only says what would happen. */
  dry_run: z.boolean().default(false),
})
export type ImportBody = z.output<typeof ImportBody>

export const ImportProblem = z.object({
  /** From 1; in CSV the header is not counted. 0: the file as a whole. */
  row: z.int().nonnegative(),
  lead_id: z.string().nullable(),
  field: z.string().nullable(),
  problem: z.string(),
})
export type ImportProblem = z.infer<typeof ImportProblem>

export const ImportReport = z.object({
  total_rows: z.int().nonnegative(),
  created: z.int().nonnegative(),
  updated: z.int().nonnegative(),
  /** Rows with a problem; they changed nothing. The other rows were taken. */
  rejected: z.int().nonnegative(),
  dry_run: z.boolean(),
  problems: z.array(ImportProblem),
})
export type ImportReport = z.infer<typeof ImportReport>
