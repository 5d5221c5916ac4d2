import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { importProspects } from '../prospects/import-prospects.ts'
import { listProspects } from '../prospects/list-prospects.ts'
import { decideProspects } from '../prospects/policy.ts'
import {
  ImportBody,
  ImportReport,
  Prospect,
  ProspectListQuery,
  ProspectListReply,
} from '../prospects/schema.ts'
import { readProspect } from '../prospects/store.ts'
import { qaError, qaErrors } from './errors.ts'

const common = { tags: ['Q&A'], access: 'bearer', errors: qaErrors } as const
const refusals = {
  401: { description: '`UNAUTHENTICATED`: invalid or missing authentication token' },
  403: { description: '`FORBIDDEN`: not an admin; to import, not a manager' },
  503: { description: '`UNAVAILABLE`: the database does not answer; `Retry-After` says when to try again' },
} as const
const IMPORT_LIMIT = 5 * 1024 * 1024

function refuse(decision: ReturnType<typeof decideProspects>): void {
  if (decision === 'not-an-admin') throw new AppError('forbidden', 'Only admins may do this')
  if (decision === 'not-a-manager') throw new AppError('forbidden', 'Only managers may do this')
}

/** The people that can be asked: those of the caller's company, and nobody else. */
export function prospectRoutes(deps: Deps): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'get',
      path: '/api/v1/qa/prospects',
      summary: 'List, search and filter the company’s prospects',
      description:
        'In order of their ids. `search` looks for all its words in names, occupations and ids, without case and ' +
        'accents, among the first 5,000; `classification` may be repeated or hold several, separated by commas.',
      query: ProspectListQuery,
      replies: { 200: { description: 'A page of prospects', schema: ProspectListReply }, ...refusals },
      async handle({ query, actor }) {
        refuse(decideProspects(actor, 'read'))
        return { status: 200, body: await listProspects(deps, actor.company_id, query) }
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/api/v1/qa/prospects/{lead_id}',
      summary: 'Get a prospect with all that is known of them',
      params: z.object({ lead_id: z.string().meta({ example: 'LEAD-1001' }) }),
      replies: {
        200: { description: 'The prospect', schema: Prospect },
        ...refusals,
        404: { description: '`PROSPECT_NOT_FOUND`; also for another company’s' },
      },
      async handle({ params, actor }) {
        refuse(decideProspects(actor, 'read'))
        const prospect = await readProspect(deps, actor.company_id, params.lead_id)
        if (prospect !== null) return { status: 200, body: prospect }
        throw qaError('PROSPECT_NOT_FOUND', 'not-found', 'There is no such prospect')
      },
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/api/v1/qa/prospects/import',
      summary: 'Take in prospects from a JSON or CSV file',
      description:
        'Columns are those of a prospect; facts stand under their kind (`statement`, `belief`, `style` …), in CSV a line ' +
        'each within the cell. Rows that are wrong are named and change nothing; the others are taken. For managers.',
      body: {
        schema: ImportBody,
        limit: IMPORT_LIMIT,
        example: {
          format: 'csv',
          content:
            'lead_id,full_name,lead_classification,statement\nLEAD-2001,Jo Park,warm,"I read everything twice."\n',
        },
      },
      replies: { 200: { description: 'What was taken and what was not', schema: ImportReport }, ...refusals },
      async handle({ body, actor }) {
        refuse(decideProspects(actor, 'import'))
        return { status: 200, body: await importProspects(deps, actor.company_id, body) }
      },
    }),
  ]
}
