import { SessionEvents, type QuestionSession } from '@lifeline/functions/contract'
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { type Live, useLive } from '../api/use-live.ts'
import { type QaApi, useQaApi } from './qa-api.ts'
import { type LiveSession, afterEvent, afterSnapshot, asRead, isActive } from './session-state.ts'

const keyOf = (sessionId: string) => ['qa-session', sessionId]

/** A session as it was last read. */
export function useSessionRead(sessionId: string) {
  const api = useQaApi()
  return useQuery({
    queryKey: keyOf(sessionId),
    queryFn: ({ signal }) => api.session(sessionId, signal),
    networkMode: 'always',
    retry: false,
    // What has ended changes by our own hand only.
    staleTime: ({ state }) => (state.data !== undefined && !isActive(state.data.status) ? Infinity : 0),
  })
}

/** Keeps what is known of a session better than it was read. */
export const rememberSession = (queries: QueryClient, session: QuestionSession): void =>
  void queries.setQueryData(keyOf(session.session_id), session)

/** A session that was active when it was opened, and its stream from then on, also past its end. */
export function useSessionFollowed(read: QuestionSession): { known: LiveSession; live: Live<LiveSession> } {
  const api: QaApi = useQaApi()
  const queries = useQueryClient()
  const { session_id: id } = read
  const live = useLive({
    id: `qa-session ${id}`,
    open: (request) => api.openSession(id, request),
    events: SessionEvents,
    reduce: (state, event, now) => afterEvent(state ?? asRead(read), event, now),
    readSnapshot: (signal) => api.session(id, signal),
    reduceSnapshot: afterSnapshot,
  })
  const known = useMemo(() => afterSnapshot(live.data, read), [live.data, read])
  // The stream counts those who failed; who they are, only the session itself says before its end.
  const failed = known.progress?.failed ?? 0
  const isUnnamed = isActive(known.session.status) && failed > known.session.failed_prospects.length
  useEffect(() => {
    if (isUnnamed) void queries.invalidateQueries({ queryKey: keyOf(id) })
  }, [queries, id, isUnnamed, failed])
  // The list shows how far a session is too.
  const { status } = known.session
  useEffect(() => {
    if (!isActive(status)) void queries.invalidateQueries({ queryKey: ['qa-sessions'] })
  }, [queries, status])
  return { known, live }
}
