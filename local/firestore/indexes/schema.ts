import { z } from 'zod'

const FieldOrder = z.enum(['ASCENDING', 'DESCENDING'])
const Scope = z.enum(['COLLECTION', 'COLLECTION_GROUP'])

const IndexField = z.object({
  fieldPath: z.string().min(1),
  order: FieldOrder.exactOptional(),
  arrayConfig: z.literal('CONTAINS').exactOptional(),
  vectorConfig: z.object({ dimension: z.number().int().positive() }).exactOptional(),
})

/** One field of an index and how it is indexed. */
export type IndexField = z.infer<typeof IndexField>

const CompositeIndex = z.object({
  collectionGroup: z.string().min(1),
  queryScope: Scope.default('COLLECTION'),
  fields: z.array(IndexField).min(1),
})

export type CompositeIndex = z.infer<typeof CompositeIndex>

const FieldOverride = z.object({
  collectionGroup: z.string().min(1),
  fieldPath: z.string().min(1),
  indexes: z
    .array(
      z.object({
        queryScope: Scope.default('COLLECTION'),
        order: FieldOrder.exactOptional(),
        arrayConfig: z.literal('CONTAINS').exactOptional(),
      }),
    )
    .default([]),
})

/** `firestore.indexes.json`, as `firebase deploy` reads it. */
export const IndexesFile = z.object({
  indexes: z.array(CompositeIndex).default([]),
  fieldOverrides: z.array(FieldOverride).default([]),
})

export type IndexesFile = z.infer<typeof IndexesFile>
