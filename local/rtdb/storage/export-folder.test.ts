import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { get, ref, set, setWithPriority } from 'firebase/database'
import { expect, test } from 'vitest'

import { connectClient, startTestDatabase } from '../testing/database.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { cloudEventFunction } from '../testing/functions-emulator.ts'
import { startWithFunctions } from '../testing/functions-database.ts'

test('an export has the files of firebase-tools, and an import brings all of it back', async () => {
  const folder = temporaryFolder()
  const first = await startTestDatabase()
  await setWithPriority(ref(connectClient(first, { namespace: 'one' }), 'a'), ['x', 'y'], 3)
  await set(ref(connectClient(first, { namespace: 'two' })), 'leaf')
  await get(ref(connectClient(first, { namespace: 'empty' })))
  first.exportTo(folder)
  expect(readdirSync(join(folder, 'database_export')).toSorted()).toEqual(['one.json', 'two.json'])
  expect(JSON.parse(readFileSync(join(folder, 'database_export/one.json'), 'utf8'))).toEqual({
    a: { 0: 'x', 1: 'y', '.priority': 3 },
  })

  const second = await startTestDatabase()
  await set(ref(connectClient(second, { namespace: 'one' }), 'old'), true)
  second.importFrom(folder)
  const one = await get(ref(connectClient(second, { namespace: 'one' })))
  expect(one.exportVal()).toEqual({ a: { 0: 'x', 1: 'y', '.priority': 3 } })
  expect((await get(ref(connectClient(second, { namespace: 'two' })))).val()).toBe('leaf')
})

test('other parts of the same export stay named in it', async () => {
  const folder = temporaryFolder()
  const metadata = join(folder, 'firebase-export-metadata.json')
  const auth = { version: '15.34.2', path: 'auth_export' }
  writeFileSync(metadata, JSON.stringify({ version: '15.34.2', auth }))
  const server = await startTestDatabase()
  server.exportTo(folder)
  expect(JSON.parse(readFileSync(metadata, 'utf8'))).toEqual({
    version: '15.34.2',
    auth,
    database: { version: '15.34.2', path: 'database_export' },
  })
})

test('an import calls no function, and a folder without an export is told', async () => {
  const folder = temporaryFolder()
  const source = await startTestDatabase()
  await set(ref(connectClient(source), 'n'), 'imported')
  source.exportTo(folder)
  const { server, emulator, calls } = await startWithFunctions(cloudEventFunction('f', 'written', 'n'))
  server.importFrom(folder)
  await set(ref(connectClient(server), 'n'), 'written')
  await calls(1)
  expect(emulator.calls[0]?.event['data']).toMatchObject({ data: 'imported', delta: 'written' })
  expect(() => server.importFrom(temporaryFolder())).toThrow('holds no export')
})
