import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type Dispatch, type SetStateAction } from 'react'
import { type Draft, EMPTY_DRAFT } from './draft.ts'

const KEY = ['qa-draft']

/** The question that is being put together. It outlives a look at another page, such as at a call, but not the log-in. */
export function useKeptDraft(): [Draft, Dispatch<SetStateAction<Draft>>] {
  const queries = useQueryClient()
  const state = useState<Draft>(() => queries.getQueryData<Draft>(KEY) ?? EMPTY_DRAFT)
  const [draft] = state
  useEffect(() => {
    queries.setQueryDefaults(KEY, { gcTime: Infinity })
    queries.setQueryData(KEY, draft)
  }, [queries, draft])
  return state
}
