import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import { z } from 'zod'
import { conversationExample } from '../conversations/examples.ts'
import type { Live } from '../conversations/live.ts'
import type { Deps } from '../deps.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { gatherExport } from './gather-export.ts'
import { canonicalPieces } from './json-export.ts'
import { writePdf } from './pdf/pdf-export.ts'
import { type ConversationExport, type ExportFormat, ExportQuery } from './schema.ts'

// Any text: an id that cannot exist is answered as one that does not (404).
const params = z.object({
  conversation_id: z.string().meta({ example: conversationExample.conversation.conversation_id }),
})

/** Conversations to be handed on, as a file (DESIGN 4, the future enhancements of spec 1). */
export function exportRoutes(
  deps: Deps,
  { directory, presence }: Pick<Live, 'directory' | 'presence'>,
): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/conversation/{conversation_id}/export',
      summary: 'Export a conversation',
      description:
        'The whole conversation, active or archived, with names, both times of every message, who has seen what, what ' +
        'happened to the call, and digests of what is attached. `json` (the schema `ConversationExport`) can be checked by its `digest`: ' +
        'SHA-256 over the canonical JSON (RFC 8785) of everything else in it. `pdf` is the same on pages, with the digest on each.',
      tags: ['emergency conversation'],
      access: 'bearer',
      params,
      query: ExportQuery,
      replies: {
        200: { description: 'The file; PDF is `application/pdf`', contentType: 'application/json' },
        400: { description: 'A format that does not exist' },
        401: { description: 'Invalid or missing authentication token' },
        403: { description: 'The caller may not read this conversation' },
        404: { description: 'Conversation not found' },
        503: { description: 'A database does not answer; `Retry-After` says when to try again' },
      },
      async handle({ actor, params, query: { format }, response, signal, log }) {
        presence.touch(actor.uid)
        const record = await gatherExport({ ...deps, directory }, actor, params.conversation_id)
        name(response, record, format)
        try {
          if (format === 'pdf') await writePdf(record, response, signal)
          else await pipeline(canonicalPieces(record), response)
        } catch (error) {
          // The headers are out; a file that breaks off is the only way left to say that it is not whole.
          if (!signal.aborted) log.error({ err: error, format }, 'export broke off')
          response.destroy()
        }
      },
    }),
  ]
}

function name(response: Response, { conversation }: ConversationExport, format: ExportFormat): void {
  const file = conversation.conversation_id.replaceAll(/[^A-Za-z0-9_-]/g, '-')
  response.status(200)
  response.attachment(`${file}.${format}`)
  response.type(format === 'pdf' ? 'application/pdf' : 'application/json')
}
