import type { Me } from '@lifeline/functions/contract'
import { Link, useLocation, useRouter } from '@tanstack/react-router'
import { isOnPage, pagesFor } from './navigation.ts'
import classes from './navigation-links.module.css'

/** The way to the console's other pages. */
export function NavigationLinks({ me }: { me: Me }) {
  const { routesByPath } = useRouter()
  const { pathname } = useLocation()
  const pages = pagesFor(me, (path) => path in routesByPath)
  return (
    <nav aria-label="Pages" className={classes.links}>
      {pages.map((page) => (
        <Link
          key={page.path}
          to={page.path}
          className={classes.link ?? ''}
          activeOptions={{ exact: true }}
          aria-current={isOnPage(page, pathname) ? 'page' : undefined}
        >
          {page.label}
        </Link>
      ))}
    </nav>
  )
}
