import { refuseUnlessAllowed } from '../conversations/authorize.ts'
import { decideBoard } from '../conversations/policy.ts'
import type { Deps } from '../deps.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { listTemplates } from './list-templates.ts'
import { TemplatesReply } from './schema.ts'
import { STANDARD_TEMPLATES } from './standard-templates.ts'

export function templateRoutes(deps: Deps): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/templates',
      summary: 'List the standing phrases of the caller’s company',
      description:
        'What to say at each step of an emergency, in the order of the steps: the standard phrases, with the ' +
        'company’s own (Firestore `companies/{id}/templates`) beside or in place of them.',
      tags: ['emergency conversation'],
      access: 'bearer',
      replies: {
        200: {
          description: 'The phrases',
          schema: TemplatesReply,
          example: { success: true, templates: STANDARD_TEMPLATES.slice(0, 2) },
        },
        401: { description: 'Invalid or missing authentication token' },
        403: { description: 'The caller is not an admin' },
        503: { description: 'The database does not answer; `Retry-After` says when to try again' },
      },
      async handle({ actor }) {
        refuseUnlessAllowed(decideBoard(actor))
        return {
          status: 200,
          body: { success: true, templates: await listTemplates(deps, actor.company_id) },
        }
      },
    }),
  ]
}
