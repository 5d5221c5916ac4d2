import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { callActRoutes } from './act-routes.ts'

const ADMINS = 50
/** `TAKEOVER_ROUNDS=100` runs the figure that the product is held to. */
const ROUNDS = Number(process.env.TAKEOVER_ROUNDS ?? 15)
const PROCESSES = 2

/** Two servers with connections of their own, as two instances of the API are, over one database. */
const servers: LiveServer[] = []
beforeAll(async () => {
  const first = await startLiveServer(callActRoutes)
  servers.push(first)
  for (let i = 1; i < PROCESSES; i += 1) {
    servers.push(await startLiveServer(callActRoutes, { config: first.deps.config }))
  }
  const { firestore } = first.device
  await Promise.all(
    Array.from({ length: ADMINS }, (_, i) =>
      firestore
        .doc(`admins/admin_${i}`)
        .set({ company_id: 'c_acme', role: 'agent', manager_id: null, name: `Admin ${i}` }),
    ),
  )
})
afterAll(() => Promise.all(servers.map((server) => server.close())))

interface Answer {
  status: number
  body: {
    call?: { admin_id: string; takeover: number }
    error?: { message: string; details: { holder: { admin_id: string; name: string }; takeover: number } }
  }
}

test(`${ADMINS} admins take one call over at once, ${ROUNDS} times: one wins, the rest are told who`, async () => {
  const [first] = servers
  if (first === undefined) throw new Error('no server')
  const call = await startCall(first)
  const path = `/api/calls/${call.callId}`
  const admins = Array.from({ length: ADMINS }, (_, i) => {
    const server = servers[i % servers.length] ?? first
    return { server, token: server.token(`admin_${i}`, 'agent') }
  })
  const began = performance.now()
  const winners = new Set<string>()
  for (let round = 1; round <= ROUNDS; round += 1) {
    // Another begins each time, or the same one would always be first on the wire.
    const order = [...admins.slice(round % ADMINS), ...admins.slice(0, round % ADMINS)]
    const rotated = (await Promise.all(
      order.map(({ server, token }) => server.send('POST', `${path}/takeover`, token)),
    )) as Answer[]
    const answers = admins.map((admin) => rotated[order.indexOf(admin)])
    const won = answers.filter((answer) => answer?.status === 200)
    const lost = answers.filter((answer) => answer?.status === 409)
    expect([won.length, lost.length]).toEqual([1, ADMINS - 1])
    const winner = won[0]?.body.call?.admin_id ?? ''
    const index = Number(winner.replace('admin_', ''))
    expect(answers[index]).toBe(won[0])
    expect(won[0]?.body.call?.takeover).toBe(round)
    for (const answer of lost) {
      const { error } = answer?.body ?? {}
      expect(error?.message).toBe(`Admin ${index} holds this call.`)
      expect(error?.details).toMatchObject({
        holder: { admin_id: winner, name: `Admin ${index}` },
        takeover: round,
      })
    }
    const record = (await first.device.database.ref(`active_calls/${call.callId}`).get()).val()
    expect([record.admin_id, record.takeover]).toEqual([winner, round])
    winners.add(winner)
    const holder = admins[index]
    const back = await holder?.server.send('POST', `${path}/release`, holder.token, { lease: round })
    expect(back?.status).toBe(200)
  }
  expect(winners.size).toBeGreaterThan(1)
  const seconds = (performance.now() - began) / 1_000
  if (process.env.TAKEOVER_ROUNDS !== undefined) {
    process.stdout.write(`${ROUNDS} rounds in ${seconds.toFixed(1)} s, ${winners.size} different winners\n`)
  }
}, 120_000)
