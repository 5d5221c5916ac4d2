import { type IndexedChat, createChatSearch } from './chat-search.ts'
import {
  type CompanySearch,
  type Room,
  type SearchDeps,
  type SearchLimits,
  createCompanySearch,
} from './company-search.ts'
import type { Indexed, IndexedConversation } from './message-index.ts'

/** Every company that is searched in this process, within the memory that searching may take. */
export interface Searches<C extends Indexed = IndexedConversation> {
  /** The company's own, made when it is first asked for. */
  of(companyId: string): CompanySearch<C>
}

/**
 * Measured (`bench/search.ts`): about 0.9 KiB for each unit of size, so that this stays below a quarter of a process
 * of 1 GiB.
 */
export const SEARCH_LIMITS: SearchLimits = {
  maxSize: 250_000,
  waitMs: 2_500,
  pageSize: 100,
  idleMs: 30 * 60_000,
}

/** Chats come in any number from anybody, so they have room of their own, and never take that of calls. */
export const CHAT_SEARCH_LIMITS: SearchLimits = { ...SEARCH_LIMITS, maxSize: 100_000 }

/** What was kept may outgrow the limit by so much through new archives before it is read anew. */
const SLACK = 1.25

/** The messages of calls. */
export const createSearches = (deps: SearchDeps, limits: SearchLimits = SEARCH_LIMITS): Searches =>
  searchesOf(deps, limits, createCompanySearch)

/** The messages of chats. */
export const createChatSearches = (
  deps: SearchDeps,
  limits: SearchLimits = CHAT_SEARCH_LIMITS,
): Searches<IndexedChat> => searchesOf(deps, limits, createChatSearch)

function searchesOf<C extends Indexed>(
  deps: SearchDeps,
  limits: SearchLimits,
  create: (deps: SearchDeps, companyId: string, room: Room) => CompanySearch<C>,
): Searches<C> {
  // The one asked for longest ago comes first.
  const companies = new Map<string, { search: CompanySearch<C>; usedAt: number }>()
  const { clock } = deps

  function forget(companyId: string): void {
    companies.get(companyId)?.search.close()
    companies.delete(companyId)
  }

  const totalSize = (): number =>
    [...companies.values()].reduce((sum, { search }) => sum + search.index.size, 0)

  /** Others make room for whoever is asked for now; asked again, they are read again. */
  function hasRoomFor(companyId: string): boolean {
    for (const other of companies.keys()) {
      if (totalSize() < limits.maxSize) return true
      if (other !== companyId) forget(other)
    }
    return totalSize() < limits.maxSize
  }

  clock.every(60_000, () => {
    for (const [companyId, { usedAt }] of companies) {
      if (clock.now() - usedAt > limits.idleMs) forget(companyId)
    }
  })

  return {
    of(companyId) {
      const known = companies.get(companyId)
      const isUsable = known !== undefined && known.search.index.size < limits.maxSize * SLACK
      if (known !== undefined && !isUsable) forget(companyId)
      const search = isUsable
        ? known.search
        : create(deps, companyId, { ...limits, hasRoom: () => hasRoomFor(companyId) })
      companies.delete(companyId)
      companies.set(companyId, { search, usedAt: clock.now() })
      return search
    },
  }
}
