import { type LiveServer, startLiveServer } from '../../conversations/testing/live-server.ts'
import type { Deps } from '../../deps.ts'
import type { Model } from '../../models/model.ts'
import type { Prospect } from '../../prospects/schema.ts'
import { createSocketServer } from '../../streaming/socket-server.ts'
import { type TaskWorker, assign, startTaskWorker } from '../../tasks/testing/task-worker.ts'
import { createAnswerTask } from '../answer-task.ts'
import { prospectRoutes } from '../prospect-routes.ts'
import { qaRoutes } from '../routes.ts'
import { createSessionRooms } from '../session-rooms.ts'
import { sessionSocket } from '../socket/session-socket.ts'
import { summarizeSession } from '../summary-task.ts'
import { offlineModel } from './offline-model.ts'

export interface QaServer extends LiveServer {
  deps: Deps
  /** Begins to work off the queues. */
  work(options?: { concurrency?: number }): Promise<TaskWorker>
  /** Puts people into the database. */
  addProspects(prospects: readonly Prospect[], company?: string): Promise<void>
  /** Asks, as Ben of Acme unless said otherwise; what the session is called. */
  ask(prospectIds: readonly string[], rest?: object, token?: string): Promise<string>
  /** Waits until a session has ended, and returns it. */
  ended(sessionId: string, token?: string): Promise<Record<string, unknown>>
  ben: string
}

/** The Q&A routes and its socket on a real server, with the real queues and a model that the test brings. */
export async function startQaServer(
  options: { model?: Model } & Parameters<typeof startLiveServer>[1] = {},
): Promise<QaServer> {
  const { model = offlineModel(), ...rest } = options
  let deps: Deps | undefined
  let rooms: ReturnType<typeof createSessionRooms> | undefined
  const server = await startLiveServer((made, live) => {
    deps = { ...made, model }
    rooms = createSessionRooms(deps)
    return [...qaRoutes(deps, live, rooms), ...prospectRoutes(deps)]
  }, rest)
  if (deps === undefined || rooms === undefined) throw new Error('the server made no routes')
  const ours = deps
  const sockets = createSocketServer(ours, {
    '/api/v1/qa/sessions/ws': sessionSocket(ours, server.live, rooms),
  })
  server.http.on('upgrade', (...upgrade) => sockets.upgrade(...upgrade))
  const workers: TaskWorker[] = []
  const ben = server.token('ben', 'agent')
  return {
    ...server,
    deps: ours,
    ben,
    async work({ concurrency = 10 } = {}) {
      const assignments = [assign(createAnswerTask(), ours), assign(summarizeSession, ours)]
      const worker = await startTaskWorker(ours.config, assignments, { concurrency })
      workers.push(worker)
      return worker
    },
    async addProspects(prospects, company = 'c_acme') {
      const writer = ours.firestore.bulkWriter()
      for (const prospect of prospects) {
        const record = { ...prospect, company_id: company }
        void writer.set(ours.firestore.doc(`prospects/${prospect.lead_id}`), record)
      }
      await writer.close()
    },
    async ask(prospect_ids, rest = {}, token = ben) {
      const asked = { question: 'What worries you about life insurance?', prospect_ids, ...rest }
      const { status, body } = await server.post('/api/v1/qa/sessions', token, asked)
      if (status !== 200) throw new Error(`refused with ${status}: ${JSON.stringify(body)}`)
      return String(body.session_id)
    },
    async ended(sessionId, token = ben) {
      const stream = await server.open(`/api/v1/qa/sessions/${sessionId}/stream`, token)
      await stream.ended
      return (await server.get(`/api/v1/qa/sessions/${sessionId}`, token)).body
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()))
      ours.stop()
      await sockets.drain(1_000)
      await server.close()
    },
  }
}
