import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useQaApi } from './qa-api.ts'

export const QUESTION_ESTIMATE_KEY = 'qa-question-estimate'

/** Whoever ticks people one after the other is told when they stop, ms. */
const SETTLE_MS = 300

/** What a question to so many people, with so many control questions, would take; nothing is asked while nobody is chosen. */
export function useQuestionEstimate(prospects: number, controls: number) {
  const api = useQaApi()
  const [settled] = useDebouncedValue(prospects, SETTLE_MS)
  const asked = prospects === 0 ? 0 : settled
  const { data, error } = useQuery({
    queryKey: [QUESTION_ESTIMATE_KEY, asked, controls],
    queryFn: ({ signal }) => api.estimate(asked, controls, signal),
    enabled: asked > 0,
    placeholderData: keepPreviousData,
    networkMode: 'always',
    retry: false,
    staleTime: 30_000,
  })
  return { estimate: data, error }
}
