import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startModelServer } from '../functions/src/models/testing/model-server.ts'
import { panelModel } from '../functions/src/qa/testing/panel-model.ts'
import { freePorts } from '../local/suite/ports.ts'
import { startSuite } from '../local/suite/suite.ts'

/**
 * What is around the product in `bench:panel`, in a process of its own so that its work is not counted as the product's: the
 * databases, the task queues and the model server. Tells its parent where they are; a message asks what the model did, and
 * the end of the parent ends it.
 */
export interface Surroundings {
  env: Record<string, string>
  modelUrl: string
}
export interface ModelWork {
  requests: number
  failed: number
  slow: number
  twice: number
  summaries: number
  modelMs: number
  /** When the first request for a summary came and the last one had its reply, ms since 1970. */
  summary: { beganAt: number; endedAt: number }
  /** Of this process, ms. */
  cpuMs: number
}

const USUAL_MS = 3_000
const SLOW_MS = 5_000

const [auth, tasks, functions, database, firestore, hub, logging] = (await freePorts(7)) as [
  ...(readonly [number, number, number, number, number, number, number]),
]
const suite = await startSuite({
  project: 'demo-bench',
  root: mkdtempSync(join(tmpdir(), 'lifeline-bench-')),
  ports: { auth, tasks, functions, database, firestore, hub, logging },
  databases: 'embedded',
  tools: ['auth', 'tasks'],
  indexesFile: fileURLToPath(new URL('../firestore.indexes.json', import.meta.url)),
})
const bad = panelModel({ usualMs: USUAL_MS, slowMs: SLOW_MS })
const model = await startModelServer(bad.behaviour)

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  const { counts, summary } = bad
  const work: ModelWork = { ...counts, modelMs: bad.modelMs(), summary, cpuMs: (user + system) / 1_000 }
  process.send?.(work)
})
process.on('disconnect', () => {
  void Promise.all([model.close(), suite.stop()]).finally(() => process.exit(0))
})
const here: Surroundings = { env: suite.env, modelUrl: model.baseUrl }
process.send?.(here)
