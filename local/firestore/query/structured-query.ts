import type { ValueInput } from '../values/admit.ts'

/** The parts of `google.firestore.v1.StructuredQuery` as the loader decodes them: zeros and empty lists left out. */
export interface StructuredQuery {
  readonly select?: { readonly fields?: readonly FieldReference[] } | null
  readonly from?: readonly { readonly collectionId?: string; readonly allDescendants?: boolean }[]
  readonly where?: FilterInput | null
  readonly orderBy?: readonly { readonly field?: FieldReference; readonly direction?: string }[]
  readonly startAt?: CursorInput | null
  readonly endAt?: CursorInput | null
  readonly offset?: number
  readonly limit?: { readonly value?: number } | null
  readonly findNearest?: FindNearestInput | null
}

export interface FieldReference {
  readonly fieldPath?: string
}

export interface CursorInput {
  readonly values?: readonly ValueInput[]
  readonly before?: boolean
}

export interface FilterInput {
  readonly filterType?: string
  readonly compositeFilter?: { readonly op?: string; readonly filters?: readonly FilterInput[] }
  readonly fieldFilter?: {
    readonly field?: FieldReference
    readonly op?: string
    readonly value?: ValueInput
  }
  readonly unaryFilter?: { readonly op?: string; readonly field?: FieldReference }
}

export interface FindNearestInput {
  readonly vectorField?: FieldReference
  readonly queryVector?: ValueInput
  readonly distanceMeasure?: string
  readonly limit?: { readonly value?: number } | null
  readonly distanceResultField?: string
  readonly distanceThreshold?: { readonly value?: number } | null
}

export interface AggregationInput {
  readonly operator?: string
  readonly alias?: string
  readonly count?: { readonly upTo?: { readonly value?: string } | null }
  readonly sum?: { readonly field?: FieldReference }
  readonly avg?: { readonly field?: FieldReference }
}
