import { createContext, use } from 'react'

/** Names of people, as far as the board knows them. */
export type People = { nameWorker: (workerId: string) => string; nameAdmin: (adminId: string) => string }

export const PeopleContext = createContext<People | undefined>(undefined)

export function usePeople(): People {
  const people = use(PeopleContext)
  if (people === undefined) throw new Error('used outside of PeopleContext')
  return people
}
