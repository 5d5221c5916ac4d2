import { expect, test } from 'vitest'
import { ProcedureContent } from '../schema.ts'
import { STANDARD_PROCEDURES } from './standard-procedures.ts'

test.each(STANDARD_PROCEDURES.map((each) => [each.procedure_id, each] as const))(
  '%s has the shape of a procedure, and says when to call the emergency number',
  (_, procedure) => {
    expect(ProcedureContent.safeParse(procedure).error).toBeUndefined()
    expect(procedure.steps.join(' ')).toMatch(/emergency (number|services)/)
    for (const { steps, avoid } of procedure.translations) {
      // A step for a step: whoever reads the other language is told the same.
      expect([steps.length, avoid.length]).toEqual([procedure.steps.length, procedure.avoid.length])
    }
  },
)

test('ids are unique, and none promises help', () => {
  const ids = STANDARD_PROCEDURES.map(({ procedure_id }) => procedure_id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(JSON.stringify(STANDARD_PROCEDURES)).not.toMatch(/on (its|the|their) way|is coming|will arrive/i)
})
