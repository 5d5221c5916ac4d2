import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { z } from 'zod'
import { AlarmsPage } from '../admin/alarms-page.tsx'
import { AuditPage, AuditParams } from '../admin/audit-page.tsx'
import { CallsLayout } from '../admin/calls-layout.tsx'
import { ChatPage } from '../admin/chat-page.tsx'
import { ConsoleLayout } from '../admin/console-layout.tsx'
import { ConversationPage, NoConversation, NotFoundPage } from '../admin/conversation-page.tsx'
import { HistoryPage } from '../admin/history-page.tsx'
import { LoginPage } from '../admin/login-page.tsx'
import { ProceduresPage } from '../admin/procedures-page.tsx'
import { SearchPage } from '../admin/search-page.tsx'
import { HistoryParams } from '../history/history-params.ts'
import { SessionParams } from '../qa/session-params.ts'
import { SearchParams } from '../search/search-params.ts'

/** Only paths of our own: an address must not be able to send somebody elsewhere after the log-in. */
const LoginSearch = z.object({
  to: z
    .string()
    .regex(/^\/(?!\/)/)
    .optional()
    .catch(undefined),
})

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage })
const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: LoginPage,
  validateSearch: LoginSearch,
})
const console = createRoute({ getParentRoute: () => root, id: 'console', component: ConsoleLayout })
const calls = createRoute({ getParentRoute: () => console, id: 'calls', component: CallsLayout })
const alarms = createRoute({ getParentRoute: () => console, path: '/alarms', component: AlarmsPage })
const home = createRoute({ getParentRoute: () => calls, path: '/', component: NoConversation })
/** `message` names one of the conversation's messages, which is then brought into sight. */
const ConversationSearch = z.object({ message: z.string().max(128).optional().catch(undefined) })
const conversation = createRoute({
  getParentRoute: () => calls,
  path: '/conversations/$conversationId',
  component: ConversationPage,
  validateSearch: ConversationSearch,
})
const chat = createRoute({
  getParentRoute: () => calls,
  path: '/chats/$chatKey',
  component: ChatPage,
  validateSearch: ConversationSearch,
})

const history = createRoute({
  getParentRoute: () => console,
  path: '/history',
  component: HistoryPage,
  validateSearch: HistoryParams,
})
const search = createRoute({
  getParentRoute: () => console,
  path: '/search',
  component: SearchPage,
  validateSearch: SearchParams,
})

const audit = createRoute({
  getParentRoute: () => console,
  path: '/audit',
  component: AuditPage,
  validateSearch: AuditParams,
})

/** Loaded when somebody goes there: whoever watches calls has no use for its charts. */
const loadQa = () => import('../admin/qa-page.tsx')
const qa = createRoute({
  getParentRoute: () => console,
  path: '/qa',
  component: lazyRouteComponent(loadQa, 'QaPage'),
})
const qaHistory = createRoute({
  getParentRoute: () => qa,
  path: '/',
  component: lazyRouteComponent(loadQa, 'QaHistory'),
  validateSearch: SessionParams,
})
const qaSession = createRoute({
  getParentRoute: () => qa,
  path: '$sessionId',
  component: lazyRouteComponent(loadQa, 'QaSession'),
})

const procedures = createRoute({
  getParentRoute: () => console,
  path: '/procedures',
  component: ProceduresPage,
})

/** The console's pages, all below `/console`. Links to pages are in `admin/navigation.ts`. */
export const consoleRouter = createRouter({
  basepath: '/console',
  routeTree: root.addChildren([
    login,
    console.addChildren([
      alarms,
      audit,
      procedures,
      calls.addChildren([home, conversation, chat]),
      history,
      search,
      qa.addChildren([qaHistory, qaSession]),
    ]),
  ]),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof consoleRouter
  }
}
