import type { Part } from './clause.ts'

const NEVER_ALONE = new Set(
  "i you he she it we they that this there so too not n't never also please".split(' '),
)

/** "I do", "they are": what such an answer says stands in the question. */
export const isElliptic = (parts: readonly Part[]): boolean =>
  parts.length <= 4 &&
  parts.every(({ lower, pos }) => pos === 'AUX' || NEVER_ALONE.has(lower) || AUXILIARY.has(lower))

const AUXILIARY = new Set(
  "am is are was were do does did have has had can could will would should 'm 's 're 've 'll 'd ca wo".split(
    ' ',
  ),
)
