import type { RequestListener } from 'node:http'
import { defineSecret } from 'firebase-functions/params'
import { onSchedule } from 'firebase-functions/v2/scheduler'
import { onRequest } from 'firebase-functions/v2/https'
import { takeLastLook } from './alarms/last-look.ts'
import { onCheckAnswered, onDuressMessage, onEndAsked } from './alarms/trigger.ts'
import { createApp } from './app.ts'
import { assistWorker as assistWorkerTask } from './assistant/answer-worker.ts'
import { onMessageToAnswer } from './assistant/trigger.ts'
import { onCallStatus, onCallWritten, onMessageToNote } from './calls/trigger.ts'
import { type Directory, createDirectory } from './conversations/directory.ts'
import { type Deps, createDeps } from './deps.ts'
import { systemClock } from './platform/clock.ts'
import { loadConfig } from './platform/config.ts'
import { createDrain } from './platform/drain.ts'
import { stopOnSignal } from './platform/stop-process.ts'
import { type ProcedureLibrary, createProcedureLibrary } from './procedures/library.ts'
import { onAnswerTask, onSessionSweep, onSummaryTask } from './qa/trigger.ts'
import { judgeUrgency as judgeUrgencyTask } from './severity/judge-urgency.ts'
import { onMessageCreated } from './severity/trigger.ts'
import { summarizeChat as summarizeChatTask } from './summaries/chats/summarize-chat.ts'
import { requestDueSummary } from './summaries/ended/request-due.ts'
import { summarizeEnded as summarizeEndedTask } from './summaries/ended/summarize-ended.ts'
import { summarizeCall as summarizeCallTask } from './summaries/live/summarize-call.ts'
import { onMessageToSummarize } from './summaries/trigger.ts'
import { allSweeps, sweepOnce } from './sweeps.ts'
import { onTask } from './tasks/trigger.ts'

/** Of the ten seconds that Cloud Run gives after SIGTERM; the rest is for closing connections. */
const DRAIN_MS = 8_000

const jwtSecret = defineSecret('JWT_SECRET')
const drain = createDrain(systemClock)

let made: Deps | undefined
let serving: RequestListener | undefined

/**
 * Built at the first request or event, not when the module loads: a deploy loads it too, without secrets or databases.
 * functions-framework exits at once on SIGTERM unless the module has a handler of its own (DESIGN 8).
 */
function deps(): Deps {
  if (made) return made
  // Where to listen is the framework's business; in the emulator its PORT is a socket's path.
  const fresh = createDeps(loadConfig({ ...process.env, PORT: undefined }))
  stopOnSignal(fresh.log, async () => {
    fresh.stop()
    const owed = await drain.wait(DRAIN_MS)
    if (owed > 0) fresh.log.warn({ owed }, 'replies were cut off')
    await fresh.close()
  })
  made = fresh
  return fresh
}

const serve = (): RequestListener => (serving ??= drain.track(createApp(deps())))

const common = { secrets: [jwtSecret], invoker: 'public' as const, cors: false as const }

/**
 * The whole HTTP API, behind Hosting's rewrites (DESIGN 1).
 *
 * @NOTE functions-framework parses bodies before it calls us, and answers JSON that does not parse by itself: a bare
 * 400 that has not our shape. The gateway answers it in ours.
 */
export const api = onRequest(
  { ...common, concurrency: 80, timeoutSeconds: 60, memory: '512MiB' },
  (request, response) => serve()(request, response),
)

/** The same app by its own address, where streams may stay open: Hosting buffers, and cuts at 60 s. */
export const stream = onRequest(
  { ...common, concurrency: 1_000, timeoutSeconds: 3_600, memory: '1GiB', cpu: 1 },
  (request, response) => serve()(request, response),
)

/** Keeps the durable index of conversations in step with the calls (DESIGN 2). */
export const conversationIndex = onCallWritten(deps, { secrets: [jwtSecret] })

let directory: Directory | undefined
const withDirectory = () => ({ ...deps(), directory: (directory ??= createDirectory(deps())) })

const withSummaries = () => ({
  ...deps(),
  whenArchived: (conversationId: string) => requestDueSummary(deps(), conversationId),
})

/** Moves ended calls to the archive, once alarms have had their last look at them, and asks for their summaries. */
export const callArchive = onCallStatus(withSummaries, (callId) => takeLastLook(withDirectory(), callId), {
  secrets: [jwtSecret],
})

/** Keeps with each call what the board shows of its messages. */
export const callTalk = onMessageToNote(deps, { secrets: [jwtSecret] })

/** Raises calls to the urgency that their workers' messages speak of. */
export const urgencyFloor = onMessageCreated(deps, { secrets: [jwtSecret] })
export const judgeUrgency = onTask(judgeUrgencyTask, deps, { secrets: [jwtSecret] })

/** Understands a duress word at once, wherever a worker gives it. */
export const duressMessage = onDuressMessage(deps, { secrets: [jwtSecret] })
export const checkAnswer = onCheckAnswered(deps, { secrets: [jwtSecret] })
export const endAsked = onEndAsked(deps, { secrets: [jwtSecret] })

/** Answers for the prospects of a panel, one by one, and summarizes what they said. */
export const answerAsProspect = onAnswerTask(deps, { secrets: [jwtSecret] })
export const summarizeSession = onSummaryTask(deps, { secrets: [jwtSecret] })
export const sessionSweep = onSessionSweep(deps, { secrets: [jwtSecret] })

/** Asks for a new live summary when somebody has written. */
export const liveSummary = onMessageToSummarize(deps, { secrets: [jwtSecret] })

export const summarizeChat = onTask(summarizeChatTask, withDirectory, { secrets: [jwtSecret] })
export const summarizeCall = onTask(summarizeCallTask, withDirectory, { secrets: [jwtSecret] })
export const summarizeEnded = onTask(summarizeEndedTask, withDirectory, { secrets: [jwtSecret] })

/** Has the assistant answer a worker whom nobody else answers. */
export const assistRequest = onMessageToAnswer(deps, { secrets: [jwtSecret] })

let procedures: ProcedureLibrary | undefined
const withProcedures = () => ({
  ...withDirectory(),
  procedures: (procedures ??= createProcedureLibrary(deps())),
})

export const assistWorker = onTask(assistWorkerTask, withProcedures, { secrets: [jwtSecret] })

/** Finishes what a crash or a lost event has left undone; a gateway does the same by itself, more often. */
export const callSweep = onSchedule(
  { schedule: 'every 1 minutes', secrets: [jwtSecret], maxInstances: 1, timeoutSeconds: 300 },
  async () => {
    const isClean = await sweepOnce(allSweeps(deps()), deps())
    if (!isClean) throw new Error('A sweep failed; the log says which')
  },
)
