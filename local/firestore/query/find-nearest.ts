import { invalidArgument } from '../errors.ts'
import type { StoredDocument } from '../store/document.ts'
import { admitValue } from '../values/admit.ts'
import type { FieldPath } from '../values/field-path.ts'
import { fieldAt, parseFieldPath, withField } from '../values/field-path.ts'
import { doubleValue, vectorOf } from '../values/value.ts'
import type { FindNearestInput } from './structured-query.ts'

const MAX_NEIGHBOURS = 1_000

/** A search for the documents whose vector is nearest to one. */
export interface FindNearest {
  readonly path: FieldPath
  readonly vector: readonly number[]
  readonly measure: (left: readonly number[], right: readonly number[]) => number
  /** 1 where a smaller distance is nearer, -1 where a larger product is. */
  readonly sign: 1 | -1
  readonly limit: number
  readonly threshold: number | undefined
  /** Where the distance is put into each result. */
  readonly resultPath: FieldPath | undefined
}

const dotProduct = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((total, value, index) => total + value * (right[index] ?? 0), 0)

const MEASURES: Readonly<Record<string, Pick<FindNearest, 'measure' | 'sign'>>> = {
  EUCLIDEAN: {
    measure: (left, right) => Math.hypot(...left.map((value, index) => value - (right[index] ?? 0))),
    sign: 1,
  },
  COSINE: {
    measure: (left, right) => 1 - dotProduct(left, right) / (Math.hypot(...left) * Math.hypot(...right)),
    sign: 1,
  },
  DOT_PRODUCT: { measure: dotProduct, sign: -1 },
}

/** Throws INVALID_ARGUMENT for what production refuses. */
export function parseFindNearest(input: FindNearestInput | null | undefined): FindNearest | undefined {
  if (input === null || input === undefined) return undefined
  const vector = vectorOf(admitValue(input.queryVector))
  const measure = MEASURES[input.distanceMeasure ?? '']
  const limit = input.limit?.value ?? 0
  if (vector === undefined) throw invalidArgument('The query vector must be a vector.')
  if (measure === undefined) throw invalidArgument('A vector search must have a distance measure.')
  if (limit <= 0 || limit > MAX_NEIGHBOURS) {
    throw invalidArgument(`The limit of a vector search must be between 1 and ${MAX_NEIGHBOURS}.`)
  }
  return {
    ...measure,
    path: parseFieldPath(input.vectorField?.fieldPath ?? ''),
    vector,
    limit,
    threshold: input.distanceThreshold ? (input.distanceThreshold.value ?? 0) : undefined,
    resultPath: input.distanceResultField ? parseFieldPath(input.distanceResultField) : undefined,
  }
}

/** The nearest of some documents, nearest first; those without a vector of the same dimension are none. */
export function nearest(
  search: FindNearest,
  documents: readonly StoredDocument[],
): readonly StoredDocument[] {
  const { path, vector, measure, sign, limit, threshold, resultPath } = search
  return documents
    .flatMap((document) => {
      const value = fieldAt(document.fields, path)
      const own = value && vectorOf(value)
      if (own?.length !== vector.length) return []
      const distance = measure(own, vector)
      return threshold !== undefined && distance * sign > threshold * sign ? [] : [{ document, distance }]
    })
    .toSorted((left, right) => (left.distance - right.distance) * sign)
    .slice(0, limit)
    .map(({ document, distance }) =>
      resultPath === undefined
        ? document
        : { ...document, fields: withField(document.fields, resultPath, doubleValue(distance)) },
    )
}
