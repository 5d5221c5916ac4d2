import {
  type CompanySearch,
  type SearchDeps,
  type SearchLimits,
  createCompanySearch,
} from './company-search.ts'

/** Every company that is searched in this process, within the memory that searching may take. */
export interface Searches {
  /** The company's own, made when it is first asked for. */
  of(companyId: string): CompanySearch
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

/** What was kept may outgrow the limit by so much through new archives before it is read anew. */
const SLACK = 1.25

export function createSearches(deps: SearchDeps, limits: SearchLimits = SEARCH_LIMITS): Searches {
  // The one asked for longest ago comes first.
  const companies = new Map<string, { search: CompanySearch; usedAt: number }>()
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
        : createCompanySearch(deps, companyId, { ...limits, hasRoom: () => hasRoomFor(companyId) })
      companies.delete(companyId)
      companies.set(companyId, { search, usedAt: clock.now() })
      return search
    },
  }
}
