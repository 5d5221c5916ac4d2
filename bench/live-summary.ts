import { randomUUID } from 'node:crypto'
import { specCall } from '../local/cast/cast.ts'
import { readStream } from './reader.ts'
import { startProduct } from './started-product.ts'
import { milliseconds, quantile } from './statistics.ts'
import { openWorker } from './worker.ts'

/**
 * From a worker's message to the live summary that covers it on an admin's stream, through the trigger, the queue and
 * the plain methods: for urgent words, which are not waited with.
 */
const MESSAGES = 30

const product = await startProduct('demo-bench-summary', { functions: true })
const worker = await openWorker('demo-bench-summary', product.hosts)
const token = await product.logIn('ava@acme.example')
const { conversation_id: conversationId, call_id: callId } = specCall
const waiting = new Map<string, PromiseWithResolvers<void>>()
const reader = readStream(
  `${product.origin}/api/conversation/${conversationId}/stream`,
  token,
  () => undefined,
  (error) => waiting.forEach(({ reject }) => reject(error)),
  ({ covers_up_to }) => waiting.get(covers_up_to)?.resolve(),
)
await reader.opened

const delays: number[] = []
const listening: number[] = []
const heard = new Map<string, () => void>()
await worker.listen(conversationId, (id) => heard.get(id)?.())
for (let at = 0; at < MESSAGES; at += 1) {
  const id = `msg_${randomUUID()}`
  const covered = Promise.withResolvers<void>()
  waiting.set(id, covered)
  const began = performance.now()
  heard.set(id, () => listening.push(performance.now() - began))
  await worker.write({ conversationId, callId }, id, 'He is bleeding badly and not breathing')
  await covered.promise
  delays.push(performance.now() - began)
}
process.stdout.write(
  `${MESSAGES} urgent messages, each after the summary of the one before it; from the call of update()\n` +
    `  live summary  p50 ${milliseconds(quantile(delays, 0.5))}  p90 ${milliseconds(quantile(delays, 0.9))}\n` +
    `  SDK listener  p50 ${milliseconds(quantile(listening, 0.5))}\n` +
    `  ratio of the medians: ${(quantile(delays, 0.5) / quantile(listening, 0.5)).toFixed(0)} (the Tasks emulator looks once a second)\n`,
)
reader.close()
await worker.close()
await product.stop()
