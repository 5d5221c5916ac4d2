import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callActRoutes } from '../calls/act-routes.ts'
import { conversationRoutes } from '../conversations/routes.ts'
import { startCall, write } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { suiteHosts } from '../platform/testing/suite-hosts.ts'
import { auditCollection } from './audit-log.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

let server: LiveServer
beforeAll(async () => {
  server = await startLiveServer((deps, live) => [
    ...conversationRoutes(deps, live),
    ...callActRoutes(deps, live),
  ])
})
afterAll(() => server.close())

/** The command as people run it; `code` is what it ends with. */
function runCommand(...args: string[]): Promise<{ code: number; said: string; complained: string }> {
  const env: NodeJS.ProcessEnv = { ...process.env, FIRESTORE_EMULATOR_HOST: suiteHosts().firestoreHost }
  // Without a project of its own in the environment, as on anybody's machine.
  delete env.GCLOUD_PROJECT
  const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<typeof runCommand>>>()
  const command = ['run', '--silent', 'verify-audit', '--', ...args]
  execFile('npm', command, { cwd: ROOT, env }, (error, said, complained) => {
    if (error !== null && typeof error.code !== 'number') reject(error)
    else resolve({ code: error === null ? 0 : Number(error.code), said, complained })
  })
  return promise
}

test('the command finds a log that the API wrote whole, and names the entry that somebody changed', async () => {
  const ava = server.token('ava', 'manager')
  const ben = server.token('ben', 'agent')
  const call = await startCall(server)
  await write(server, call, 'm1')
  const path = `/api/conversation/${call.conversationId}`
  expect((await server.get(path, ava)).status).toBe(200)
  expect((await server.send('POST', `/api/calls/${call.callId}/takeover`, ben)).status).toBe(200)
  expect((await server.get(path, ben)).status).toBe(200)
  await server.deps.audit.flush()
  const { projectId } = server.deps.config
  expect(await runCommand(projectId)).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^3 entries in 1 chains, 0 faults\n$/),
  })

  const { docs } = await auditCollection(server.deps.firestore).where('action', '==', 'call.take-over').get()
  const [taken] = docs
  expect(docs).toHaveLength(1)
  await taken?.ref.update({ 'actor.uid': 'ava' })
  const { code, said } = await runCommand(projectId)
  const [named, sum] = said.split('\n')
  expect([code, sum]).toEqual([1, '3 entries in 1 chains, 1 faults'])
  expect(named).toMatch(/^changed: /)
  expect(JSON.parse(named?.slice('changed: '.length) ?? '')).toEqual({
    writer: taken?.get('writer'),
    id: taken?.id,
  })
})

test('the command says how it is used when no project is named', async () => {
  expect(await runCommand()).toMatchObject({
    code: 2,
    complained: expect.stringContaining('Usage: npm run verify-audit -- <project id>'),
  })
})
