import type { StandardProcedure } from './define.ts'
import { HAZARD } from './hazard.ts'
import { ILLNESS } from './illness.ts'
import { INJURY } from './injury.ts'
import { LIFE } from './life.ts'
import { PERSON } from './person.ts'

/**
 * Our own procedures for every company: first aid and safety as it is generally taught, in our words, on the careful
 * side. No professional has reviewed them yet, and they say so (`reviewed_by: null`) until a company's manager does.
 */
export const STANDARD_PROCEDURES: readonly StandardProcedure[] = [
  ...LIFE,
  ...HAZARD,
  ...INJURY,
  ...ILLNESS,
  ...PERSON,
]
