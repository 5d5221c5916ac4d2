import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { changeProcedure, readProcedure } from './change-procedure.ts'
import { newProcedureExample } from './examples.ts'
import { fromStandard } from './from-standard.ts'
import { type ProcedureLibrary, createProcedureLibrary } from './library.ts'
import { decideProcedures } from './policy.ts'
import {
  DeleteProcedureQuery,
  NewProcedureBody,
  ProcedureBody,
  ProcedureReply,
  ProceduresQuery,
  ProceduresReply,
  RestoreProcedureBody,
} from './schema.ts'
import { STANDARD_PROCEDURES } from './standard/standard-procedures.ts'

const examples = STANDARD_PROCEDURES.slice(0, 1).map(fromStandard)
const params = z.object({ procedure_id: z.string().meta({ example: 'severe-bleeding' }) })
const refusals = {
  401: { description: 'Invalid or missing authentication token' },
  403: { description: 'The caller is not an admin, or no manager where something is to be changed' },
  503: { description: 'The database does not answer; `Retry-After` says when to try again' },
} as const
const changes = {
  ...refusals,
  400: { description: 'A field that is not as described' },
  404: { description: 'There is no such procedure, or no such version of it' },
  409: { description: 'It has been changed since (`details.version`), or there are too many' },
} as const
const common = { tags: ['procedures'], access: 'bearer' } as const

/** What the assistant answers workers from, and how managers change it. */
export function procedureRoutes(
  deps: Deps,
  library: ProcedureLibrary = createProcedureLibrary(deps),
): Route[] {
  const context = { ...deps, library }
  const change = (
    actor: Actor,
    procedureId: string,
    rest: Parameters<typeof changeProcedure>[3],
  ): ReturnType<typeof changeProcedure> => {
    refuse(actor, 'change')
    return changeProcedure(context, actor, procedureId, rest)
  }
  /** With the history that it has now. */
  const reply = async (actor: Actor, procedureId: string) =>
    ({ success: true, ...(await readProcedure(context, actor.company_id, procedureId)) }) as const
  const read = { description: 'The procedure, and what it was before, latest first', schema: ProcedureReply }

  return [
    defineRoute({
      ...common,
      method: 'get',
      path: '/api/procedures',
      summary: 'List the procedures that the assistant answers from',
      description:
        'First aid and safety: ours, with the company’s own beside or in place of them, by title. `deleted=true` lists ' +
        'those that the company has taken away.',
      query: ProceduresQuery,
      replies: {
        200: {
          description: 'The procedures',
          schema: ProceduresReply,
          example: { success: true, procedures: examples },
        },
        ...refusals,
      },
      async handle({ actor, query }) {
        refuse(actor, 'read')
        const wanted = query.deleted === 'true'
        const all = await library.all(actor.company_id)
        return {
          status: 200,
          body: { success: true, procedures: all.filter(({ deleted }) => deleted === wanted) },
        }
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/api/procedures/{procedure_id}',
      summary: 'Read a procedure and its history',
      params,
      replies: { 200: read, ...refusals, 404: changes[404] },
      async handle({ actor, params: { procedure_id } }) {
        refuse(actor, 'read')
        return { status: 200, body: await reply(actor, procedure_id) }
      },
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/api/procedures',
      summary: 'Add a procedure of the company’s own',
      description: 'For managers. `reviewed: true` says that the caller has read it and stands for it.',
      body: { schema: NewProcedureBody, example: newProcedureExample },
      replies: { 201: read, ...changes },
      async handle({ actor, body }) {
        const id = `own-${randomUUID()}`
        await change(actor, id, { seen: null, change: { act: 'create', body } })
        return { status: 201, body: await reply(actor, id) }
      },
    }),
    defineRoute({
      ...common,
      method: 'put',
      path: '/api/procedures/{procedure_id}',
      summary: 'Change a procedure for the company',
      description:
        'For managers; ours become the company’s own by it. What it was is kept and may be restored.',
      params,
      body: { schema: ProcedureBody, example: { ...newProcedureExample, version: 1 } },
      replies: { 200: read, ...changes },
      async handle({ actor, params: { procedure_id }, body: { version, ...body } }) {
        await change(actor, procedure_id, { seen: version, change: { act: 'edit', body } })
        return { status: 200, body: await reply(actor, procedure_id) }
      },
    }),
    defineRoute({
      ...common,
      method: 'delete',
      path: '/api/procedures/{procedure_id}',
      summary: 'Take a procedure away',
      description: 'For managers. The assistant uses it no more; it may be restored.',
      params,
      query: DeleteProcedureQuery,
      replies: { 200: read, ...changes },
      async handle({ actor, params: { procedure_id }, query: { version } }) {
        await change(actor, procedure_id, { seen: version, change: { act: 'delete' } })
        return { status: 200, body: await reply(actor, procedure_id) }
      },
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/api/procedures/{procedure_id}/restore',
      summary: 'Go back to an earlier version of a procedure',
      description: 'For managers. The words of version `restore` become the next version.',
      params,
      body: { schema: RestoreProcedureBody, example: { version: 3, restore: 1 } },
      replies: { 200: read, ...changes },
      async handle({ actor, params: { procedure_id }, body: { version, restore } }) {
        await change(actor, procedure_id, { seen: version, change: { act: 'restore', restore } })
        return { status: 200, body: await reply(actor, procedure_id) }
      },
    }),
  ]
}

function refuse(actor: Actor, action: 'read' | 'change'): void {
  const decision = decideProcedures(actor, action)
  if (decision === 'allow') return
  throw new AppError(
    'forbidden',
    decision === 'not-an-admin' ? 'Only admins may do this' : 'Only managers may change procedures',
  )
}
