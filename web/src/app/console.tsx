import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ApiClient } from '../api/client.ts'
import { browserNetwork } from '../api/network-hint.ts'
import { ServicesContext } from '../api/services.ts'
import { browserSessionPorts, Session } from '../api/session.ts'
import { consoleRouter } from './console-router.tsx'
import { renderPage } from './page.tsx'

const ports = browserSessionPorts()
const session = new Session(ports)
const client = new ApiClient({ fetch: ports.fetch, session })
void session.restore()

renderPage(
  <ServicesContext value={{ session, client, network: browserNetwork }}>
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={consoleRouter} />
    </QueryClientProvider>
  </ServicesContext>,
)
