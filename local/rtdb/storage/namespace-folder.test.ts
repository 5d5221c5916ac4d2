import { cpSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { temporaryFolder } from '../testing/folder.ts'
import { nodeFromJson, toExport } from '../tree/json.ts'
import { parseWritePath } from '../tree/path.ts'
import { DamagedFileError } from '../../storage/damaged-file-error.ts'
import { NamespaceFolder } from './namespace-folder.ts'

const never = () => {
  throw new Error('No snapshot was to be written')
}
const openFolder = (folder: string, compactAfterBytes = Infinity) =>
  new NamespaceFolder(folder, { compactAfterBytes, onCompactionError: never })

function write(stored: NamespaceFolder, places: Record<string, unknown>): void {
  const writes = Object.entries(places).map(([path, json]) => ({
    path: parseWritePath(path),
    node: nodeFromJson(json),
  }))
  const after = writes.reduce((root, { path, node }) => root.set(path, node), stored.state.root)
  stored.append(writes, after)
}

const stateOf = ({ state }: NamespaceFolder) => [toExport(state.root), state.rulesSource]

/** Some history: the state before and after each step. */
async function writeHistory(folder: string): Promise<unknown[]> {
  const stored = openFolder(folder)
  const states = [stateOf(stored)]
  const steps = [
    () => write(stored, { 'a/b': 1, 'a/c': { '.value': 'zwölf', '.priority': 2 } }),
    () => stored.setRules('{"rules":{}}'),
    () => write(stored, { a: null }),
    () => write(stored, { 'x/y': { z: '🐵', __proto__: true }, 'x/.priority': 'p' }),
  ]
  for (const step of steps) {
    step()
    states.push(stateOf(stored))
  }
  await stored.close()
  return states
}

test('what was written is there after opening the folder again', async () => {
  const folder = temporaryFolder()
  const states = await writeHistory(folder)
  const again = openFolder(folder)
  expect(stateOf(again)).toEqual(states.at(-1))
  expect(stateOf(again)[0]).toMatchObject({ x: { '.priority': 'p' } })
  await again.close()
})

test('reading a namespace that has nothing stored makes no folder', async () => {
  const folder = join(temporaryFolder(), 'none')
  await openFolder(folder).close()
  expect(() => statSync(folder)).toThrow('ENOENT')
})

test('wherever a crash cuts the file off, whole writes are kept and the torn one is dropped', async () => {
  const original = temporaryFolder()
  const states = await writeHistory(original)
  const length = statSync(join(original, '0.journal')).size
  const seen = new Set<unknown>()
  for (let cut = 0; cut <= length; cut += 1) {
    const folder = temporaryFolder()
    cpSync(original, folder, { recursive: true })
    truncateSync(join(folder, '0.journal'), cut)
    const opened = openFolder(folder)
    const step = states.findIndex((state) => JSON.stringify(state) === JSON.stringify(stateOf(opened)))
    expect(step).toBeGreaterThanOrEqual(0)
    seen.add(step)
    write(opened, { after: cut })
    await opened.close()
    const again = openFolder(folder)
    expect(again.state.root.child('after').leaf).toBe(cut)
    await again.close()
  }
  expect(seen.size).toBe(states.length)
})

test('zeros that a crash left at the end are dropped', async () => {
  const folder = temporaryFolder()
  const states = await writeHistory(folder)
  writeFileSync(join(folder, '0.journal'), Buffer.alloc(4096), { flag: 'a' })
  expect(stateOf(openFolder(folder))).toEqual(states.at(-1))
})

test('a byte that changed before the last record is reported, never skipped', async () => {
  const folder = temporaryFolder()
  await writeHistory(folder)
  const file = join(folder, '0.journal')
  const bytes = readFileSync(file)
  const lastRecord = bytes.lastIndexOf('{"w"') - 12
  for (let at = 0; at < lastRecord; at += 1) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 0x40
    writeFileSync(file, changed)
    expect(() => openFolder(folder)).toThrow(DamagedFileError)
  }
})

test('a long journal is replaced by a snapshot while writes go on', async () => {
  const folder = temporaryFolder()
  const stored = openFolder(folder, 2000)
  stored.setRules('{"rules":{".read":true}}')
  write(stored, {
    'deep/a/b/c': { '.value': 1, '.priority': 9 },
    'deep/.priority': 'high',
    'deep/a/.priority': 3,
  })
  for (let count = 0; count < 500; count += 1) {
    write(stored, { [`counts/k${count % 40}`]: count })
    if (count % 50 === 0) await new Promise(setImmediate)
  }
  await stored.close()
  const files = readdirSync(folder)
  expect(files.filter((name) => name.endsWith('.snapshot'))).toHaveLength(1)
  expect(files.filter((name) => name.endsWith('.part'))).toEqual([])
  const again = openFolder(folder)
  expect(stateOf(again)).toEqual(stateOf(stored))
  expect(again.state.root.hash()).toBe(stored.state.root.hash())
  await again.close()
})

test('a crash while a snapshot is written loses nothing', async () => {
  const folder = temporaryFolder()
  const states = await writeHistory(folder)
  writeFileSync(join(folder, '1.snapshot.part'), 'half a snapsh')
  const next = openFolder(temporaryFolder())
  write(next, { later: true })
  await next.close()
  writeFileSync(join(folder, '1.journal'), '')
  const again = openFolder(folder)
  expect(stateOf(again)).toEqual(states.at(-1))
  write(again, { later: true })
  await again.close()
  expect(readdirSync(folder).toSorted()).toEqual(['0.journal', '1.journal'])
  expect(stateOf(openFolder(folder))).toEqual([
    { ...(states.at(-1) as [object])[0], later: true },
    '{"rules":{}}',
  ])
})

test('a crash after the snapshot was written and before the old files went uses the snapshot', async () => {
  const folder = temporaryFolder()
  const stored = openFolder(folder, 300)
  const old = temporaryFolder()
  write(stored, { a: 'x'.repeat(200) })
  cpSync(join(folder, '0.journal'), join(old, '0.journal'))
  write(stored, { a: null, b: 'y'.repeat(200) })
  await expect.poll(() => readdirSync(folder)).toContain('1.snapshot')
  await stored.close()
  cpSync(join(old, '0.journal'), join(folder, '0.journal'))
  expect(stateOf(openFolder(folder))).toEqual([{ b: 'y'.repeat(200) }, null])
})

test('a snapshot that cannot be written is told, and the journal goes on', async () => {
  const folder = temporaryFolder()
  const errors: unknown[] = []
  const stored = new NamespaceFolder(folder, {
    compactAfterBytes: 100,
    onCompactionError: (error) => errors.push(error),
  })
  cpSync(import.meta.dirname, join(folder, '1.snapshot'), { recursive: true })
  write(stored, { a: 'x'.repeat(200) })
  write(stored, { b: 1 })
  await stored.close()
  expect(errors).toHaveLength(1)
  expect(stateOf(stored)).toEqual([{ a: 'x'.repeat(200), b: 1 }, null])
})
