import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Firestore } from '@google-cloud/firestore'
import { FieldValue, GeoPoint } from '@google-cloud/firestore'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { startFirestoreServer } from './server.ts'
import { connectTo } from './testing/use-firestore.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firestore-data-'))
})
afterEach(() => rm(folder, { recursive: true }))

const journal = () => join(folder, 'firestore.journal')

/** Runs a server on the folder for as long as the steps take. */
async function running<Result>(
  steps: (firestore: Firestore, port: number) => Promise<Result>,
): Promise<Result> {
  const server = await startFirestoreServer({ port: 0, dataDir: folder })
  const firestore = connectTo(server.port)
  try {
    return await steps(firestore, server.port)
  } finally {
    await firestore.terminate()
    await server.close()
  }
}

const pathsIn = async (firestore: Firestore) =>
  (await firestore.collection('c').get()).docs.map(({ id }) => id)

test('documents of every database are there after a restart, with all their values and times', async () => {
  const values = {
    n: 1,
    d: NaN,
    b: Buffer.from([0, 255]),
    g: new GeoPoint(1, 2),
    v: FieldValue.vector([1, 2]),
    m: { constructor: [null, { a: 'x' }] },
  }
  const before = await running(async (firestore, port) => {
    await firestore.doc('c/a').set(values)
    await firestore.doc('c/gone').set({})
    await firestore.doc('c/gone').delete()
    await firestore.doc('c/a/below/b').set({ n: 2 })
    const other = connectTo(port, { databaseId: 'other' })
    await other.doc('c/z').set({})
    await other.terminate()
    return firestore.doc('c/a').get()
  })
  await running(async (firestore, port) => {
    const after = await firestore.doc('c/a').get()
    expect(after.data()).toEqual(values)
    expect([after.createTime, after.updateTime]).toEqual([before.createTime, before.updateTime])
    expect(await pathsIn(firestore)).toEqual(['a'])
    expect((await firestore.collectionGroup('below').where('n', '==', 2).get()).size).toBe(1)
    const { writeTime } = await firestore.doc('c/a').update({ n: 2 })
    expect(writeTime.valueOf() > (before.updateTime?.valueOf() ?? '')).toBe(true)
    const other = connectTo(port, { databaseId: 'other' })
    expect(await pathsIn(other)).toEqual(['z'])
    await other.terminate()
  })
})

test('a record that was cut off takes nothing else with it', async () => {
  await running(async (firestore) => {
    for (const id of ['a', 'b', 'c']) await firestore.doc(`c/${id}`).set({ text: id.repeat(50) })
  })
  const { size } = await stat(journal())
  await truncate(journal(), size - 20)
  await running(async (firestore) => {
    expect(await pathsIn(firestore)).toEqual(['a', 'b'])
    await firestore.doc('c/d').set({})
  })
  await running(async (firestore) => expect(await pathsIn(firestore)).toEqual(['a', 'b', 'd']))
})

test('zeros that a crash left at the end are cut off', async () => {
  await running((firestore) => firestore.doc('c/a').set({}))
  await appendFile(journal(), Buffer.alloc(100))
  await running(async (firestore) => expect(await pathsIn(firestore)).toEqual(['a']))
})

test('a damaged record before others stops the start instead of losing them', async () => {
  await running(async (firestore) => {
    for (const id of ['a', 'b']) await firestore.doc(`c/${id}`).set({})
  })
  const bytes = await readFile(journal())
  bytes[30] = (bytes[30] ?? 0) ^ 0xff
  await writeFile(journal(), bytes)
  await expect(startFirestoreServer({ port: 0, dataDir: folder })).rejects.toThrow('damaged at byte')
})

test('a file that is something else is left alone', async () => {
  await writeFile(journal(), 'something else entirely')
  await expect(startFirestoreServer({ port: 0, dataDir: folder })).rejects.toThrow('damaged at byte 0')
  expect(await readFile(journal(), 'utf8')).toBe('something else entirely')
})

test('two servers cannot have one folder, and one that failed to start has not taken it', async () => {
  await running(async (firestore, port) => {
    await firestore.doc('c/a').set({})
    await expect(startFirestoreServer({ port: 0, dataDir: folder })).rejects.toThrow('in use by process')
    const elsewhere = join(folder, 'other')
    await expect(startFirestoreServer({ port, dataDir: elsewhere })).rejects.toThrow('EADDRINUSE')
    const server = await startFirestoreServer({ port: 0, dataDir: elsewhere })
    await server.close()
  })
})

test('what was overwritten is dropped from the disk at the next start', async () => {
  await running(async (firestore) => {
    for (let n = 0; n < 50; n++) await firestore.doc('c/a').set({ n, text: 'x'.repeat(1_000) })
  })
  const { size } = await stat(journal())
  await running(async (firestore) => expect((await firestore.doc('c/a').get()).get('n')).toBe(49))
  expect((await stat(journal())).size).toBeLessThan(size / 20)
})

test('a server that is killed in the middle of writes keeps all that it had answered', async () => {
  const cli = new URL('cli.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [cli, '--port', '0', '--data-dir', folder])
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const firestore = connectTo(Number(/:(\d+)\s*$/.exec(line.toString())?.[1]))
  const answered: string[] = []
  const writes = Array.from({ length: 300 }, async (_, n) => {
    const { id } = await firestore.collection('c').add({ n })
    answered.push(id)
    if (answered.length === 100) child.kill('SIGKILL')
  })
  await once(child, 'exit')
  // What was under way fails once the client gives up on the server, which is not waited for.
  void Promise.allSettled(writes)
  const kept = [...answered]
  await running(async (again) => {
    const found = new Set(await pathsIn(again))
    expect(kept.length).toBeGreaterThanOrEqual(100)
    expect(kept.filter((id) => !found.has(id))).toEqual([])
  })
})
