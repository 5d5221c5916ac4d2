import {
  CancelSessionResponse,
  ImportReport,
  ProspectListReply,
  QuestionEstimate,
  QuestionSession,
  QuestionSubmitResponse,
  SessionListResponse,
  SessionSummary,
} from '@lifeline/functions/contract'
import type {
  ImportBody,
  PersonaBase,
  QuestionSubmitRequest,
  RegenerateSummaryRequest,
} from '@lifeline/functions/contract'
import { useMemo } from 'react'
import type { z } from 'zod'
import type { ApiClient } from '../api/client.ts'
import { UnreachableError } from '../api/errors.ts'
import type { OpenRequest } from '../api/event-stream.ts'
import { jsonPost } from '../api/http.ts'
import { useServices } from '../api/services.ts'

const BASE = '/api/v1/qa'

/** Longest wait, ms: a question may carry a picture over a poor line, and a summary is written by a model. */
const SUBMIT_MS = 60_000
const SUMMARY_MS = 180_000
const ACT_MS = 15_000

/** As many prospects as the API lists at once. */
const ALL_AT_ONCE = 500

/** Spec 5 as the console uses it. Every method throws as `readReply` does. */
export class QaApi {
  readonly #client: ApiClient

  constructor(client: ApiClient) {
    this.#client = client
  }

  /** A page of the company's prospects for a query of the API. */
  prospects(query: URLSearchParams, signal: AbortSignal): Promise<ProspectListReply> {
    return this.#client.read(`${BASE}/prospects?${query}`, ProspectListReply, { signal })
  }

  /** The first `most` prospects that a query finds, whatever pages they are on. */
  async allProspects(query: URLSearchParams, most: number, signal: AbortSignal): Promise<PersonaBase[]> {
    const found: PersonaBase[] = []
    for (let page = 1; ; page += 1) {
      const asked = new URLSearchParams(query)
      asked.set('page', `${page}`)
      asked.set('page_size', `${Math.min(most, ALL_AT_ONCE)}`)
      const reply = await this.prospects(asked, signal)
      found.push(...reply.prospects)
      if (page >= reply.total_pages || found.length >= most) return found.slice(0, most)
    }
  }

  importProspects(body: z.input<typeof ImportBody>): Promise<ImportReport> {
    return this.#post('/prospects/import', ImportReport, body, SUBMIT_MS)
  }

  /** What a question to so many people would take; nothing is asked by looking. */
  estimate(prospects: number, controls: number, signal: AbortSignal): Promise<QuestionEstimate> {
    const query = new URLSearchParams({ prospects: `${prospects}`, control_questions: `${controls}` })
    return this.#client.read(`${BASE}/estimate?${query}`, QuestionEstimate, { signal })
  }

  submit(request: QuestionSubmitRequest): Promise<QuestionSubmitResponse> {
    return this.#post('/sessions', QuestionSubmitResponse, request, SUBMIT_MS)
  }

  sessions(query: URLSearchParams, signal: AbortSignal): Promise<SessionListResponse> {
    return this.#client.read(`${BASE}/sessions?${query}`, SessionListResponse, { signal })
  }

  session(sessionId: string, signal: AbortSignal): Promise<QuestionSession> {
    return this.#client.read(pathOf(sessionId), QuestionSession, { signal })
  }

  image(sessionId: string, signal: AbortSignal): Promise<Blob> {
    return this.#client.readBytes(`${pathOf(sessionId)}/image`, { signal })
  }

  cancel(sessionId: string): Promise<CancelSessionResponse> {
    return this.#post(`${sessionPath(sessionId)}/cancel`, CancelSessionResponse, {}, ACT_MS)
  }

  regenerate(sessionId: string, request: RegenerateSummaryRequest): Promise<SessionSummary> {
    return this.#post(`${sessionPath(sessionId)}/regenerate-summary`, SessionSummary, request, SUMMARY_MS)
  }

  openSession(sessionId: string, request: OpenRequest): Promise<Response> {
    return this.#client.openStream(`${pathOf(sessionId)}/stream`, request)
  }

  /** Gives up on a server that does not answer: what was asked for may have been done all the same. */
  async #post<S extends z.ZodType>(
    path: string,
    schema: S,
    body: unknown,
    waitMs: number,
  ): Promise<z.infer<S>> {
    const signal = AbortSignal.timeout(waitMs)
    try {
      return await this.#client.read(BASE + path, schema, { ...jsonPost(body), signal })
    } catch (error) {
      if (signal.aborted) throw new UnreachableError('no answer in time', { cause: error })
      throw error
    }
  }
}

const sessionPath = (sessionId: string): string => `/sessions/${encodeURIComponent(sessionId)}`
const pathOf = (sessionId: string): string => BASE + sessionPath(sessionId)

export function useQaApi(): QaApi {
  const { client } = useServices()
  return useMemo(() => new QaApi(client), [client])
}
