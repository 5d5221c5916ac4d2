import { z } from 'zod'
import type { Live } from '../conversations/live.ts'
import type { Deps } from '../deps.ts'
import type { Model } from '../models/model.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { cancelSession } from './cancel-session.ts'
import { qaErrors } from './errors.ts'
import { estimateQuestion } from './estimate-question.ts'
import { EstimateQuery, QuestionEstimate } from './estimate-schema.ts'
import { streamExample, submitExample, submittedExample } from './examples.ts'
import { listSessions } from './list-sessions.ts'
import { describeSession, listResponses } from './read-session.ts'
import { regenerateSummary } from './regenerate-summary.ts'
import { SessionEvents } from './event-schema.ts'
import { QuestionSubmitRequest, QuestionSubmitResponse } from './question-schema.ts'
import {
  CancelSessionResponse,
  QuestionSession,
  ResponsesListResponse,
  ResponsesQuery,
  SessionListQuery,
  SessionListResponse,
} from './session-schema.ts'
import { RegenerateSummaryRequest, SessionSummary } from './summary-schema.ts'
import { readSessionImage } from './session-image.ts'
import type { SessionRooms } from './session-rooms.ts'
import { streamSession } from './stream.ts'
import { submitQuestion } from './submit-question.ts'

// Any text: an id that cannot exist is answered as one that does not.
const params = z.object({ session_id: z.string().meta({ example: submittedExample.session_id }) })

const common = { tags: ['Q&A'], access: 'bearer', errors: qaErrors } as const
const refusals = {
  401: { description: '`UNAUTHENTICATED`: invalid or missing authentication token' },
  403: { description: '`FORBIDDEN`: not an admin, or, to change a session, neither its asker nor a manager' },
  503: { description: '`UNAVAILABLE`: the database does not answer; `Retry-After` says when to try again' },
} as const
const notFound = { description: '`SESSION_NOT_FOUND`; also for another company’s' }
const quota = { description: '`QUOTA_EXCEEDED`; `details` says whose, and `Retry-After` when there is more' }
/** A picture of 8 MiB in base64, and the rest. */
const SUBMIT_LIMIT = 12 * 1024 * 1024

/** Spec 5: the panel of prospects. */
export function qaRoutes(
  deps: Deps & { model: Model },
  { streams, presence }: Pick<Live, 'streams' | 'presence'>,
  rooms: SessionRooms,
): Route[] {
  return [
    defineRoute({
      ...common,
      method: 'post',
      path: '/api/v1/qa/sessions',
      summary: 'Submit a question to prospects',
      description:
        'Answers come from simulated people, one by one, and are no survey. `context.control_questions` may hold up to ' +
        'three questions with known answers, which the panel is measured by.',
      body: { schema: QuestionSubmitRequest, example: submitExample, limit: SUBMIT_LIMIT },
      replies: {
        200: {
          description: 'The session, which goes on by itself',
          schema: QuestionSubmitResponse,
          example: submittedExample,
        },
        400: {
          description:
            '`INVALID_PROSPECT_IDS` (which ones stands in `details`), `INVALID_IMAGE`, `INVALID_REQUEST`',
        },
        ...refusals,
        429: quota,
      },
      async handle({ body, actor }) {
        return { status: 200, body: await submitQuestion(deps, actor, body) }
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/api/v1/qa/sessions',
      summary: 'List the sessions of the caller’s company',
      description:
        'Filters are combined. `status_filter` may be repeated or hold several, separated by commas. Searching, and any ' +
        'order but by creation, look at the newest 5,000 sessions within the dates; `is_partial` says when there are older ' +
        'ones. `responses` is left empty here.',
      query: SessionListQuery,
      replies: { 200: { description: 'A page of sessions', schema: SessionListResponse }, ...refusals },
      async handle({ query, actor }) {
        return { status: 200, body: await listSessions(deps, actor, query) }
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/api/v1/qa/estimate',
      summary:
        'Say what a question would take before it is put: time, calls of the model, and what is left of today',
      description:
        'The time is that of the company’s last completed sessions of about that size; `measured_on` says which, and is ' +
        'null where nothing is measured yet. Requests that fail and are made again come on top of `model_calls`.',
      query: EstimateQuery,
      replies: { 200: { description: 'The estimate', schema: QuestionEstimate }, ...refusals },
      async handle({ query, actor }) {
        return { status: 200, body: await estimateQuestion(deps, actor, query) }
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/api/v1/qa/sessions/{session_id}',
      summary: 'Get a session with its responses',
      params,
      replies: { 200: { description: 'The session', schema: QuestionSession }, ...refusals, 404: notFound },
      async handle({ params, actor }) {
        return { status: 200, body: await describeSession(deps, actor, params.session_id) }
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/api/v1/qa/sessions/{session_id}/responses',
      summary: 'Get the responses of a session, all or those since a time',
      params,
      query: ResponsesQuery,
      replies: {
        200: { description: 'The responses', schema: ResponsesListResponse },
        ...refusals,
        404: notFound,
      },
      async handle({ params, query, actor }) {
        const { session_id } = params
        return { status: 200, body: await listResponses(deps, actor, session_id, query.since_timestamp) }
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/api/v1/qa/sessions/{session_id}/image',
      summary: 'Get the image of a session (`image_url`)',
      params,
      replies: {
        200: { description: 'The image, drawn anew', contentType: 'image/jpeg' },
        ...refusals,
        404: { description: '`SESSION_NOT_FOUND`, or `IMAGE_NOT_FOUND` for a session without one' },
      },
      async handle({ params, actor, response }) {
        const { contentType, data } = await readSessionImage(deps, actor, params.session_id)
        response
          .status(200)
          .set({
            'Content-Type': contentType,
            'Content-Disposition': 'inline; filename="question.jpg"',
            // Whatever a browser makes of the bytes, it may run nothing and load nothing.
            'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
            'X-Content-Type-Options': 'nosniff',
            'Cache-Control': 'private, no-store',
          })
          .end(data)
      },
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/api/v1/qa/sessions/{session_id}/cancel',
      summary: 'Cancel a session; what is answered is kept',
      params,
      replies: {
        200: { description: 'It is cancelled (again)', schema: CancelSessionResponse },
        ...refusals,
        404: notFound,
        409: { description: '`SESSION_NOT_ACTIVE`: it has ended by itself' },
      },
      async handle({ params, actor }) {
        return { status: 200, body: await cancelSession(deps, actor, params.session_id) }
      },
    }),
    defineRoute({
      ...common,
      method: 'post',
      path: '/api/v1/qa/sessions/{session_id}/regenerate-summary',
      summary: 'Write the summary of a session anew',
      params,
      body: { schema: RegenerateSummaryRequest, optional: true },
      replies: {
        200: { description: 'The new summary', schema: SessionSummary },
        ...refusals,
        404: notFound,
        409: { description: '`SESSION_NOT_COMPLETED`: there is nothing to summarize yet' },
        429: quota,
        503: {
          description: '`PROCESSING_ERROR`: the model failed, and the last summary is kept; or `UNAVAILABLE`',
        },
      },
      async handle({ params, body, actor }) {
        return { status: 200, body: await regenerateSummary(deps, actor, params.session_id, body) }
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/api/v1/qa/sessions/{session_id}/stream',
      summary: 'Watch a session',
      description:
        'Server-Sent Events: `response_received` for every answer, also those that were there before, then ' +
        '`session_completed` or `session_failed`, after which the stream ends; also `heartbeat`, `reconnect` and `error`. ' +
        'An event’s `id`, sent back as `Last-Event-ID`, resumes after it; who has the last one is answered with 204.',
      params,
      replies: {
        200: {
          description: 'An open stream',
          contentType: 'text/event-stream',
          example: streamExample,
          events: SessionEvents,
        },
        204: { description: 'There is nothing after the last event' },
        ...refusals,
        404: notFound,
        429: {
          description: '`TOO_MANY_REQUESTS`: too many open streams; `Retry-After` says when to try again',
        },
      },
      async handle({ params, actor, request, response, signal }) {
        const lastEventId = request.get('last-event-id')
        const context = { streams, presence, rooms }
        await streamSession(deps, context, { actor, response, lastEventId, signal }, params.session_id)
      },
    }),
  ]
}
