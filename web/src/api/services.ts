import { createContext, use, useSyncExternalStore } from 'react'
import type { ApiClient } from './client.ts'
import type { NetworkHint } from './network-hint.ts'
import type { Session, SessionState } from './session.ts'

/** What the console's pages work with; made once, where the page starts. */
export type Services = { session: Session; client: ApiClient; network: NetworkHint }

export const ServicesContext = createContext<Services | undefined>(undefined)

export function useServices(): Services {
  const services = use(ServicesContext)
  if (services === undefined) throw new Error('used outside of ServicesContext')
  return services
}

export function useSession(): SessionState {
  const { session } = useServices()
  return useSyncExternalStore(session.subscribe, session.state)
}
