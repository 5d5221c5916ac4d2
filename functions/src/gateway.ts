import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.ts'
import { createLive } from './conversations/live.ts'
import { createDeps } from './deps.ts'
import type { Deps } from './deps.ts'
import { systemClock } from './platform/clock.ts'
import { ConfigError, loadConfig } from './platform/config.ts'
import type { Config } from './platform/config.ts'
import { createDrain } from './platform/drain.ts'
import { createLogger } from './platform/logger.ts'
import { stopOnSignal } from './platform/stop-process.ts'
import { keepDoing } from './platform/keep-doing.ts'
import { createSessionRooms } from './qa/session-rooms.ts'
import { sweepSessions } from './qa/sweep-sessions.ts'
import { createSockets } from './sockets.ts'
import { createSummaryFeeds } from './summaries/watch/feeds.ts'
import { allSweeps, keepSweeping } from './sweeps.ts'

/** Cloud Run gives ten seconds after SIGTERM; connections and listeners need a moment of them. */
const DRAIN_MS = 8_000

/** A message for whoever started this, and the end. `details` never holds a secret's value. */
function fail(message: string, details: Record<string, unknown> = {}): never {
  createLogger({ logLevel: 'info' }).fatal(details, message)
  process.exit(1)
}

function readConfig(): Config {
  try {
    return loadConfig(process.env)
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message)
    throw error
  }
}

async function listen(server: Server, { host, port, log }: Config & Pick<Deps, 'log'>): Promise<void> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') fail(`Port ${port} is taken; set PORT to another`, { host, port, code })
    if (code === 'EACCES')
      fail(`Port ${port} may not be used by this user; set PORT to another`, { host, port, code })
    fail(`Cannot listen on ${host}:${port}`, { host, port, code })
  }
  const { port: actual } = server.address() as AddressInfo
  log.info({ host, port: actual }, 'listening')
}

// Unhandled rejections end here too. Node's own report would quote the error's message.
process.once('uncaughtException', (err) => fail('crashed', { err }))

const config = readConfig()
const deps = createDeps(config)
const drain = createDrain(systemClock)
const live = createLive(deps)
const sessions = createSessionRooms(deps)
const summaries = createSummaryFeeds(deps, live)
const sockets = createSockets(deps, live, sessions, summaries)
const server = createServer(
  {
    // Longer than the load balancer's own 60 s, so that it never reuses a connection that we are closing.
    keepAliveTimeout: 75_000,
    headersTimeout: 60_000,
    // For a request to arrive; how long its reply may take is not limited here, since streams stay open.
    requestTimeout: 60_000,
  },
  drain.track(createApp(deps, live, sessions, summaries)),
)
deps.metrics.watch('lifeline_open_sockets', 'WebSockets now open', () => sockets.size())
server.on('upgrade', (...upgrade) => sockets.upgrade(...upgrade))

stopOnSignal(deps.log, async () => {
  server.close()
  server.closeIdleConnections()
  deps.stop()
  const [owed, cut] = await Promise.all([drain.wait(DRAIN_MS), sockets.drain(DRAIN_MS)])
  if (owed > 0 || cut > 0) deps.log.warn({ owed, cut }, 'replies or sockets were cut off')
  server.closeAllConnections()
  await deps.close()
})

keepSweeping(allSweeps(deps), deps)
keepDoing({ ...deps, everyMs: config.sweepSeconds * 1_000 }, () => sweepSessions(deps))
await listen(server, { ...config, log: deps.log })
