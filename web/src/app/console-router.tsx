import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import { z } from 'zod'
import { ConsoleLayout } from '../admin/console-layout.tsx'
import { ConversationPage, NoConversation, NotFoundPage } from '../admin/conversation-page.tsx'
import { LoginPage } from '../admin/login-page.tsx'

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
const home = createRoute({ getParentRoute: () => console, path: '/', component: NoConversation })
const conversation = createRoute({
  getParentRoute: () => console,
  path: '/conversations/$conversationId',
  component: ConversationPage,
})

/** The console's pages, all below `/console`. */
export const consoleRouter = createRouter({
  basepath: '/console',
  routeTree: root.addChildren([login, console.addChildren([home, conversation])]),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof consoleRouter
  }
}
