import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

import { get, ref, set } from 'firebase/database'
import { expect, onTestFinished, test } from 'vitest'

import { connectClient } from './testing/database.ts'
import { temporaryFolder } from './testing/folder.ts'

async function run(...given: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'cli.ts'), ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const port = Number(/^Realtime Database at http:\/\/127\.0\.0\.1:(\d+)\n$/.exec(line.toString())?.[1])
  return { child, port }
}

test("takes the launch arguments of firebase-tools' emulator, and keeps its data when it is told to stop", async () => {
  const dataDir = temporaryFolder()
  const official = [
    '--functions_emulator_host',
    '127.0.0.1',
    '--functions_emulator_port',
    '1',
    '--single_project_mode',
    'Warning',
  ]
  const given = ['--host', '127.0.0.1', '--port', '0', ...official, '--data-dir', dataDir]
  const first = await run(...given)
  await set(ref(connectClient(first), 'a'), 1)
  first.child.kill('SIGTERM')
  expect(await once(first.child, 'exit')).toEqual([0, null])
  const second = await run(...given)
  expect((await get(ref(connectClient(second), 'a'))).val()).toBe(1)
})
