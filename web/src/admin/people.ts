import type { Call, Colleague, Me } from '@lifeline/functions/contract'
import { createContext, use, useMemo, useState } from 'react'
import type { Live } from '../api/use-live.ts'
import type { Calls } from '../calls/board.ts'

/** People, as far as the board knows or has known them; an id where it does not. */
export type People = {
  /** Who is looking. */
  me: Me
  nameWorker: (workerId: string) => string
  /** Empty when it is not known. */
  numberOfWorker: (workerId: string) => string
  nameAdmin: (adminId: string) => string
  /** Everybody who works in the console of this company; `undefined` until they have been read. */
  colleagues: readonly Colleague[] | undefined
}

type Known = ReadonlyMap<string, Pick<Call, 'worker_name' | 'mobile_no'>>

/** Everybody on the board and who was on it before: an ended call leaves it while somebody still reads it. */
export function usePeopleOfBoard(
  calls: Calls | undefined,
  me: Me,
  colleagues: readonly Colleague[] | undefined,
): People {
  const [known, setKnown] = useState<Known>(new Map())
  // The first that was known stands: two calls of one worker may carry two numbers.
  const news = [...(calls?.values() ?? [])].filter(({ worker_id }) => !known.has(worker_id))
  if (news.length > 0) setKnown(new Map([...known, ...news.map((call) => [call.worker_id, call] as const)]))
  return useMemo(() => {
    const names = new Map(colleagues?.map(({ admin_id, name }) => [admin_id, name]))
    return {
      me,
      colleagues,
      nameWorker: (id) => known.get(id)?.worker_name || id,
      numberOfWorker: (id) => known.get(id)?.mobile_no ?? '',
      nameAdmin: (id) => (id === me.uid ? me.name : (names.get(id) ?? id)),
    }
  }, [known, me, colleagues])
}

export const PeopleContext = createContext<People | undefined>(undefined)

/** The calls on the board; `undefined` until they have come. */
export const CallsContext = createContext<Calls | undefined>(undefined)

/** The same with the state of their stream. */
export const LiveCallsContext = createContext<Live<Calls> | undefined>(undefined)

export function usePeople(): People {
  const people = use(PeopleContext)
  if (people === undefined) throw new Error('used outside of PeopleContext')
  return people
}
