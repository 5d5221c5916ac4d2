import { useQueryClient, type QueryClient } from '@tanstack/react-query'

const keyOf = (sessionId: string) => ['qa-estimate', sessionId]

/** Keeps what the API said, when the question was put, about how long it will take (s). */
export const rememberEstimate = (queries: QueryClient, sessionId: string, seconds: number | null): void =>
  void queries.setQueryData(keyOf(sessionId), seconds)

/** The same, for whoever asked in this window; null otherwise. */
export const useEstimate = (sessionId: string): number | null =>
  useQueryClient().getQueryData<number | null>(keyOf(sessionId)) ?? null
