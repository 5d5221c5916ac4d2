import { newProcedureExample } from '../procedures/examples.ts'

/** The rows of the procedures' routes; see `access-table.ts`. */
export const PROCEDURE_ROWS = {
  'GET /api/procedures': { anybody: '403 403 200 200 200 200 200 200 401 401' },
  'GET /api/procedures/{procedure_id}': {
    "the company's own procedure": '403 403 200 200 200 200 200 404 401 401',
  },
  'POST /api/procedures': { body: newProcedureExample, anybody: '403 403 403 403 201 201 201 201 401 401' },
  'PUT /api/procedures/{procedure_id}': {
    body: { ...newProcedureExample, version: 1 },
    "the company's own procedure": '403 403 403 403 200 200 200 404 401 401',
  },
  'DELETE /api/procedures/{procedure_id}': {
    query: '?version=1',
    "the company's own procedure": '403 403 403 403 200 200 200 404 401 401',
  },
  'POST /api/procedures/{procedure_id}/restore': {
    body: { version: 1, restore: 1 },
    "the company's own procedure": '403 403 403 403 200 200 200 404 401 401',
  },
}
