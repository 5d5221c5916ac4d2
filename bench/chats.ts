import { startProduct } from './started-product.ts'
import { milliseconds, quantile } from './statistics.ts'

/**
 * Storing a chat of so many messages in batches of 500, and reading pages of it and of a short one in turn: does a
 * page cost more in a long conversation?
 */
const MESSAGES = Number(process.argv[2] ?? 10_000)
const BATCH = 500
const PAGE = 50
const READS = 20

const product = await startProduct('demo-bench-chats')
/** In turn: nobody has more than a hundred requests a minute. */
const tokens = await Promise.all(['ava', 'ben', 'cleo'].map((name) => product.logIn(`${name}@acme.example`)))
let requests = 0
const headers = () => {
  requests += 1
  return { authorization: `Bearer ${tokens[requests % tokens.length]}`, 'content-type': 'application/json' }
}
const storing: number[] = []

for (let stored = 0; stored < MESSAGES; stored += BATCH) storing.push(await store('long', stored))
await store('short', 0)
const total = storing.reduce((sum, each) => sum + each, 0)
const half = Math.ceil(storing.length / 2)
process.stdout.write(
  `${MESSAGES} messages in batches of ${BATCH}: ${(total / 1_000).toFixed(2)} s, ${Math.round(MESSAGES / (total / 1_000))} messages/s\n` +
    `  a batch: p50 ${milliseconds(quantile(storing, 0.5))}; later half to earlier half ${(quantile(storing.slice(half), 0.5) / quantile(storing.slice(0, half), 0.5)).toFixed(2)}\n` +
    `a page of ${PAGE} of ${MESSAGES} messages to one of ${BATCH}, read in turn, medians\n`,
)
for (const [name, at] of Object.entries({ first: 0, middle: 0.5, last: 1 })) {
  const pageOf = (length: number) => Math.max(1, Math.ceil((length / PAGE) * at))
  const times: Record<'long' | 'short', number[]> = { long: [], short: [] }
  for (let read = 0; read < READS; read += 1) {
    times.long.push(await readPage('long', pageOf(MESSAGES)))
    times.short.push(await readPage('short', pageOf(BATCH)))
  }
  const [long, short] = [quantile(times.long, 0.5), quantile(times.short, 0.5)]
  process.stdout.write(
    `  ${name.padEnd(6)} ${milliseconds(long)} : ${milliseconds(short)}, ratio ${(long / short).toFixed(2)}\n`,
  )
}
await product.stop()

/** Stores one batch; how long that took, ms. */
async function store(conversation_id: string, from: number): Promise<number> {
  const messages = Array.from({ length: BATCH }, (_, at) => ({
    content: `Message ${from + at}: we are at gate ${at % 7} and wait for the lift team`,
    timestamp: '2025-10-03T11:58:04Z',
    client_message_id: `m${from + at}`,
    metadata: { position: from + at },
  }))
  const began = performance.now()
  const response = await fetch(`${product.origin}/chats`, {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify({ conversation_id, user_id: 'worker_919325590143', messages }),
  })
  const took = performance.now() - began
  const { inserted_count } = (await response.json()) as { inserted_count?: number }
  if (inserted_count !== BATCH) throw new Error(`Storing answered ${response.status}`)
  return took
}

async function readPage(conversation: string, page: number): Promise<number> {
  const began = performance.now()
  const response = await fetch(`${product.origin}/chats/${conversation}?page=${page}&limit=${PAGE}`, {
    headers: headers(),
  })
  const { messages } = (await response.json()) as { messages?: unknown[] }
  if (messages?.length !== PAGE) throw new Error(`Reading answered ${response.status}`)
  return performance.now() - began
}
