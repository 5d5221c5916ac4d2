import express from 'express'
import type { Express } from 'express'
import { attachmentRoutes } from './attachments/routes.ts'
import { alarmRoutes } from './alarms/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { authRoutes } from './auth/routes.ts'
import { callActRoutes } from './calls/act-routes.ts'
import { callRoutes } from './calls/routes.ts'
import { chatRoutes } from './chats/routes.ts'
import * as contract from './contract.ts'
import { type Live, createLive } from './conversations/live.ts'
import { replyRoutes } from './conversations/reply-routes.ts'
import { conversationRoutes } from './conversations/routes.ts'
import type { Deps } from './deps.ts'
import { historyRoutes } from './history/routes.ts'
import { insightRoutes } from './insights/routes.ts'
import { exportRoutes } from './export/routes.ts'
import { docsAssets } from './platform/docs-page.ts'
import { AppError, apiErrors } from './platform/errors.ts'
import { mount } from './platform/mount.ts'
import { reportErrors } from './platform/report-error.ts'
import { requestScope } from './platform/request-scope.ts'
import type { Route } from './platform/route.ts'
import { platformRoutes } from './platform/routes.ts'
import { crossOrigin, noStore, securityHeaders } from './platform/security-headers.ts'
import { serveWebPages } from './platform/web-pages.ts'
import { procedureRoutes } from './procedures/routes.ts'
import { prospectRoutes } from './qa/prospect-routes.ts'
import { qaRoutes } from './qa/routes.ts'
import { type SessionRooms, createSessionRooms } from './qa/session-rooms.ts'
import { searchRoutes } from './search/routes.ts'
import { chatSummaryRoutes } from './summaries/chats/routes.ts'
import { summaryRoutes } from './summaries/routes.ts'
import { type SummaryFeeds, createSummaryFeeds } from './summaries/watch/feeds.ts'
import { templateRoutes } from './templates/routes.ts'
import { timelineRoutes } from './timeline/routes.ts'

/** Every route of the product, as mounted and as documented. */
export function allRoutes(
  deps: Deps,
  live: Live = createLive(deps),
  sessions: SessionRooms = createSessionRooms(deps),
  summaries: SummaryFeeds = createSummaryFeeds(deps, live),
): Route[] {
  const routes = [
    ...authRoutes(deps),
    ...conversationRoutes(deps, live),
    ...replyRoutes(live),
    ...attachmentRoutes(deps, live),
    ...templateRoutes(deps),
    ...procedureRoutes(deps),
    ...summaryRoutes(deps, live),
    ...callRoutes(deps, live),
    ...callActRoutes(deps, live),
    ...chatRoutes(deps),
    ...chatSummaryRoutes(deps, live, summaries),
    ...alarmRoutes(deps, live),
    ...searchRoutes(deps, live),
    ...qaRoutes(deps, live, sessions),
    ...prospectRoutes(deps),
    ...historyRoutes(deps, live),
    ...insightRoutes(deps, live),
    ...timelineRoutes(deps, live),
    ...exportRoutes(deps, live),
    ...auditRoutes(deps, live.directory),
  ]
  return [...platformRoutes(deps, routes, contract), ...routes]
}

/**
 * The whole HTTP surface (DESIGN 4); `api`, `stream` and the gateway all serve this one.
 *
 * @param live to be shared with the WebSockets of the same process
 * @param sessions the same for the sessions of the panel
 * @param summaries the same for the summaries of chats
 */
export function createApp(
  deps: Deps,
  live: Live = createLive(deps),
  sessions: SessionRooms = createSessionRooms(deps),
  summaries: SummaryFeeds = createSummaryFeeds(deps, live),
): Express {
  const { config, metrics } = deps
  metrics.watch('lifeline_open_streams', 'Server-Sent Events and sockets that follow something', () =>
    live.streams.size(),
  )
  metrics.watch('lifeline_open_rooms', 'Conversations listened to in the Realtime Database', () =>
    live.rooms.size(),
  )
  metrics.watch('lifeline_open_summary_rooms', 'Chats whose summaries somebody follows', () =>
    summaries.rooms.size(),
  )
  const app = express()
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing')
  app.set('trust proxy', config.trustedProxies)
  app.use(requestScope(deps), securityHeaders(config), crossOrigin(config), noStore)
  mount(app, allRoutes(deps, live, sessions, summaries), deps)
  app.use('/docs/assets', docsAssets())
  if (config.webDist !== null) serveWebPages(app, { ...config, webDist: config.webDist })
  app.use(() => {
    throw new AppError('not-found', 'There is nothing at this path')
  })
  app.use(reportErrors(apiErrors, deps))
  return app
}
