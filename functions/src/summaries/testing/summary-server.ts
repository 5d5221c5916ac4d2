import { type ChatReply, type ChatServer, startChatServer } from '../../chats/testing/chat-server.ts'
import { type SocketClient, openSocket } from '../../conversations/testing/socket-client.ts'
import { type Model, type ModelJob, OFFLINE_MODEL } from '../../models/model.ts'
import { createSocketServer } from '../../streaming/socket-server.ts'
import { type TaskWorker, assign, startTaskWorker } from '../../tasks/testing/task-worker.ts'
import { chatSummaryRoutes } from '../chats/routes.ts'
import { type ChatSummaryDeps, summarizeChat } from '../chats/summarize-chat.ts'
import type { SummaryContent } from '../schema.ts'
import type { SummarizeInput } from '../summarize-job.ts'
import { type SummaryFeeds, createSummaryFeeds } from '../watch/feeds.ts'
import { summarySocket } from '../watch/summary-socket.ts'

/** A model that counts what it is asked, waits to be let go on, and says what a test wants it to say. */
export interface CountedModel extends Model {
  runs: number
  /** Held back until it resolves. */
  gate: Promise<void>
  answer: (input: SummarizeInput, job: ModelJob<SummarizeInput, SummaryContent>) => SummaryContent
}

function countedModel(): CountedModel {
  const model: CountedModel = {
    runs: 0,
    gate: Promise.resolve(),
    answer: (input, job) => job.offline(input),
    async run(job, input) {
      model.runs += 1
      await model.gate
      const output = model.answer(input as SummarizeInput, job as never) as never
      return { output, model: OFFLINE_MODEL, isFallback: false }
    },
  }
  return model
}

export interface SummaryServer extends ChatServer {
  feeds: SummaryFeeds
  model: CountedModel
  worker: TaskWorker
  /** What the handlers run in; `stop` does with them what a killed process does. */
  taskDeps: ChatSummaryDeps
  summarize(id: string, rest?: { type?: string; token?: string | null; prefer?: string }): Promise<ChatReply>
  /** `/ws/summarize`; without a token, of nobody yet. */
  connect(token?: string): Promise<SocketClient>
}

/** The paths of summaries over the real databases and the real queue, with the handlers of the queue. */
export async function startSummaryServer(
  options: Parameters<typeof startChatServer>[0] & { beginMs?: number; pingMs?: number } = {},
): Promise<SummaryServer> {
  let feeds: SummaryFeeds | undefined
  const chats = await startChatServer({
    lingerMs: 100,
    ...options,
    more: (deps, live) => {
      feeds = createSummaryFeeds(deps, live)
      return [...chatSummaryRoutes(deps, live, feeds), ...(options.more?.(deps, live) ?? [])]
    },
  })
  if (feeds === undefined) throw new Error('the routes were not mounted')
  const { server } = chats
  const model = countedModel()
  const taskDeps: ChatSummaryDeps = { ...server.deps, model, directory: server.live.directory }
  const worker = await startTaskWorker(server.deps.config, [assign(summarizeChat, taskDeps)])
  const { beginMs = 10_000 } = options
  const sockets = createSocketServer(
    server.deps,
    { '/ws/summarize': summarySocket(server.deps, server.live, feeds, { beginMs }) },
    options.pingMs === undefined ? {} : { pingMs: options.pingMs },
  )
  server.http.on('upgrade', (...upgrade) => sockets.upgrade(...upgrade))
  return {
    ...chats,
    feeds,
    model,
    worker,
    taskDeps,
    summarize: (id, { type = 'brief', token = chats.ava, prefer } = {}) =>
      chats.call(
        '/chats/summarize',
        token,
        { conversation_id: id, summary_type: type },
        prefer === undefined ? {} : { prefer },
      ),
    connect: (token) =>
      openSocket(
        `${server.origin}/ws/summarize`,
        token === undefined ? {} : { authorization: `Bearer ${token}` },
      ),
    async close() {
      server.deps.stop()
      await sockets.drain(1_000)
      await worker.close()
      await chats.close()
    },
  }
}
