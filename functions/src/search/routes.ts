import { refuseUnlessAllowed } from '../conversations/authorize.ts'
import type { Live } from '../conversations/live.ts'
import { decideBoard } from '../conversations/policy.ts'
import type { Deps } from '../deps.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { noteShown } from './note-shown.ts'
import { SearchQuery, SearchReply } from './schema.ts'
import { searchMessages } from './search-messages.ts'
import { createChatSearches, createSearches } from './searches.ts'

/** Searching messages, a future enhancement of spec 1 (DESIGN 4). */
export function searchRoutes(
  deps: Deps,
  { directory, presence }: Pick<Live, 'directory' | 'presence'>,
): Route[] {
  const services = { ...deps, directory, calls: createSearches(deps), chats: createChatSearches(deps) }
  return [
    defineRoute({
      method: 'get',
      path: '/api/search/messages',
      summary: 'Search messages',
      description:
        'Full text, over the active and the archived calls and chats that the caller may read (`kind`). Every word has to be ' +
        'found: as it stands, as the beginning of a word, or, from four letters on, with a typo; case and accents do ' +
        'not matter. `snippet.marks` are offsets in UTF-16 code units of the plain text beside them. Pages hold to what ' +
        'had been received when the first was asked for. `coverage` says what was searched, and which older conversations ' +
        'are missing from the answer.',
      tags: ['emergency conversation'],
      access: 'bearer',
      query: SearchQuery,
      replies: {
        200: { description: 'What was found', schema: SearchReply, example: searchExample },
        400: { description: 'No word to search for, too many, or a filter or cursor that does not exist' },
        401: { description: 'Invalid or missing authentication token' },
        403: { description: 'The caller is not an admin' },
        503: { description: 'A database does not answer; `Retry-After` says when to try again' },
      },
      async handle({ actor, query }) {
        refuseUnlessAllowed(decideBoard(actor))
        presence.touch(actor.uid)
        const body = await searchMessages(services, actor, query)
        noteShown(deps, actor, body)
        return { status: 200, body }
      },
    }),
  ]
}

const searchExample = {
  success: true,
  hits: [
    {
      kind: 'call',
      conversation_id: 'conv_919325590143_20251003_115804',
      call_id: 'call_919325590143_20251003_115804',
      message_id: 'msg_1',
      role: 'user',
      sender_id: 'worker_919325590143',
      received_at: '2025-10-03T06:28:05.000Z',
      snippet: {
        text: 'The rope on the scaffold has torn',
        marks: [{ start: 4, end: 8 }],
        cut_start: false,
        cut_end: false,
      },
      worker_id: 'worker_919325590143',
      worker_name: 'Ravi Deshmukh',
      admin_id: null,
      admin_name: null,
      urgency: 'CRITICAL',
      status: 'ACTIVE',
    },
  ],
  total: 1,
  next_cursor: null,
  coverage: { complete: true, searched: ['calls', 'chats'] },
}
