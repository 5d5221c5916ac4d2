import type { NewProcedureBody } from './schema.ts'

/** What a manager sends who adds a procedure. */
export const newProcedureExample: NewProcedureBody = {
  title: 'Crane stuck with a load',
  priority: 4,
  steps: ['Press the emergency stop.', 'Keep everybody away from under the load.', 'Call the crane desk.'],
  avoid: ['Do not climb the crane.'],
  keywords: ['crane stuck', 'crane jammed'],
  translations: [],
  reviewed: false,
}
