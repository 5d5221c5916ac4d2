import type { Me } from '@lifeline/functions/contract'

export type NavigationPage = {
  label: string
  /** The page's route below `/console`. A page whose route does not exist has no link. */
  path: string
  /** Paths that belong to it as well; each with everything below it. */
  includes?: readonly string[]
  /** Whether this admin has any use for it; everybody where it is left out. The server decides for itself. */
  isFor?: (me: Me) => boolean
}

/** The console's pages in the order of the top bar. */
export const PAGES: readonly NavigationPage[] = [
  { label: 'Calls', path: '/', includes: ['/conversations'] },
  { label: 'Alarms', path: '/alarms' },
  { label: 'History', path: '/history', includes: ['/chats'] },
  { label: 'Search', path: '/search' },
  { label: 'Procedures', path: '/procedures', isFor: ({ role }) => role === 'manager' },
  { label: 'Audit', path: '/audit', isFor: ({ role }) => role === 'manager' },
  { label: 'Q&A', path: '/qa' },
]

/** The pages that this admin has links to. */
export const pagesFor = (me: Me, hasRoute: (path: string) => boolean): readonly NavigationPage[] =>
  PAGES.filter(({ path, isFor }) => hasRoute(path) && (isFor?.(me) ?? true))

/** Whether an address belongs to a page. */
export function isOnPage({ path, includes = [] }: NavigationPage, pathname: string): boolean {
  const own = path === '/' ? [] : [path]
  return (
    pathname === path ||
    [...own, ...includes].some((each) => pathname === each || pathname.startsWith(`${each}/`))
  )
}
