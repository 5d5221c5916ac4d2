import { z } from 'zod'
import { chatErrors } from '../../chats/errors.ts'
import { chatViewer } from '../../chats/policy.ts'
import type { Live } from '../../conversations/live.ts'
import type { Deps } from '../../deps.ts'
import { readPreferences } from '../../platform/prefer.ts'
import { type Route, defineRoute } from '../../platform/route.ts'
import { guestFrom } from '../../streaming/guest.ts'
import { StreamEvents } from '../../streaming/schema.ts'
import { serveStream } from '../../streaming/serve-stream.ts'
import {
  ChatSummary,
  ChatSummaryPending,
  ChatSummaryQuery,
  SummarizeChatBody,
  SummaryEvents,
  type SummaryType,
} from '../schema.ts'
import { enterSummary } from '../watch/enter-summary.ts'
import type { SummaryFeeds } from '../watch/feeds.ts'
import { chatSummaryExample, chatSummaryPendingExample, summaryStreamExample } from './examples.ts'
import { type SummaryOutcome, readChatSummaryOf, requestSummary } from './request.ts'

const common = {
  tags: ['chats', 'summaries'],
  access: 'sandbox',
  errors: chatErrors,
  limit: 'chats',
} as const
// Any text: an id that cannot exist is answered as one that does not (404).
const params = z.object({ conversation_id: z.string() })
const ready = { description: 'The summary', schema: ChatSummary, example: chatSummaryExample }
const pending = {
  description:
    'It is being made; `Location` and `location` name where it will be, `Retry-After` when to look (s)',
  schema: ChatSummaryPending,
  example: chatSummaryPendingExample,
}
const refusals = {
  401: { description: 'The token is not valid, or there is none where one is needed' },
  404: { description: 'There is no such conversation, or it is not for the caller to see' },
  503: { description: 'A database or the queue does not answer; `Retry-After` says when to try again' },
} as const

/** How soon it is worth looking for a summary that is being made, s. */
const RETRY_AFTER = '2'

function answer({ conversationId, summary }: SummaryOutcome, type: SummaryType, applied: string[] = []) {
  if (summary !== null) return { status: 200 as const, body: summary }
  const location = `/chats/${encodeURIComponent(conversationId)}/summary?summary_type=${type}`
  const headers = {
    Location: location,
    'Retry-After': RETRY_AFTER,
    ...(applied.length > 0 && { 'Preference-Applied': applied.join(', ') }),
  }
  const body = { conversation_id: conversationId, summary_type: type, status: 'pending' as const, location }
  return { status: 202 as const, body, headers }
}

/** Spec 2, "Generate Summary". */
export function chatSummaryRoutes(deps: Deps, live: Live, feeds: SummaryFeeds): Route[] {
  const longestMs = deps.config.summaryWaitSeconds * 1_000
  return [
    defineRoute({
      ...common,
      method: 'post',
      path: '/chats/summarize',
      summary: 'Generate a summary',
      description:
        'Summarizes a conversation as it stands. A summary of the same messages is made once: from then on it is answered ' +
        'from the store, and callers who ask at the same time share it. Each line of `details` names the messages that ' +
        'prove it; what none proves is left out. Where it takes longer than the caller is willing to wait (`Prefer: ' +
        'respond-async`, `Prefer: wait=<s>`, RFC 7240) or the server is, the answer is 202. `is_fallback`: the language ' +
        'model failed, and plain methods did its work.',
      body: {
        schema: SummarizeChatBody,
        example: { conversation_id: 'meeting_123', summary_type: 'detailed' },
      },
      replies: { 200: ready, 202: pending, ...refusals },
      async handle({ body, actor, request, signal }) {
        const { conversation_id: id, summary_type: type } = body
        const { respondAsync, waitSeconds } = readPreferences(request.get('prefer'))
        const wantedMs = waitSeconds === undefined ? undefined : waitSeconds * 1_000
        const waitMs = respondAsync
          ? Math.min(wantedMs ?? 0, longestMs)
          : Math.min(wantedMs ?? longestMs, longestMs)
        const applied = [
          ...(respondAsync ? ['respond-async'] : []),
          ...(wantedMs !== undefined && wantedMs <= longestMs ? [`wait=${waitSeconds}`] : []),
        ]
        const outcome = await requestSummary(deps, feeds, chatViewer(actor), { id, type, waitMs, signal })
        return answer(outcome, type, applied)
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/chats/{conversation_id}/summary',
      summary: 'Get the summary that was asked for',
      description:
        'The last summary of this type that was asked for, or 202 for as long as it is being made. Messages may have come ' +
        'since; `covers_up_to` and `covers_count` say how far it goes.',
      params,
      query: ChatSummaryQuery,
      replies: {
        200: ready,
        202: pending,
        ...refusals,
        404: {
          description:
            'There is no such conversation, it is not for the caller to see, or none was asked for (`summary_not_found`)',
        },
      },
      async handle({ params: { conversation_id: id }, query: { summary_type: type }, actor }) {
        return answer(await readChatSummaryOf(deps, feeds.ask, chatViewer(actor), { id, type }), type)
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/chats/{conversation_id}/summary/stream',
      summary: 'Follow the summary of a conversation',
      description:
        'Server-Sent Events, the same as over `/ws/summarize`: `watching`, then `summary` as it stands and whenever it has ' +
        'changed, `heartbeat`, `reconnect` (come back after `retry_after_ms`), `ended` and `error`; the last two are final. ' +
        '`summary` events carry an `id`; sent back as `Last-Event-ID`, the same one is not told again. Chats are summarized ' +
        'for as long as somebody follows them. Emergency calls are followed by their ids too, under the rules of calls.',
      params,
      replies: {
        200: {
          description: 'An open stream',
          contentType: 'text/event-stream',
          events: { ...StreamEvents, ...SummaryEvents },
          example: summaryStreamExample,
        },
        ...refusals,
        403: { description: 'The call is held by somebody else' },
        429: { description: 'Too many requests or open streams; `Retry-After` says when to try again' },
      },
      async handle({ params: { conversation_id: id }, actor, request, response, signal }) {
        const reader = { actor, lastEventId: request.get('last-event-id'), signal }
        const who = actor ?? guestFrom(request.ip)
        await serveStream(live, { actor: who, response, signal }, (open) =>
          enterSummary(deps, live, feeds, reader, id, open),
        )
      },
    }),
  ]
}
