import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startChild } from './child.ts'

const file = (name: string): string => fileURLToPath(new URL(`./testing/${name}`, import.meta.url))
const options = { cwd: process.cwd(), env: process.env }

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a child ends when its parent is killed without a chance to say so', async () => {
  const parent = spawn(process.execPath, [file('parent.ts'), './talkative-child.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(said.toString())
  expect(isAlive(pid)).toBe(true)
  parent.kill('SIGKILL')
  await expect.poll(() => isAlive(pid)).toBe(false)
})

test('a child that does not end in time is killed', async () => {
  const child = startChild(file('deaf-child.ts'), [], options)
  await child.waitForLine(/ready/)
  await child.stop(50)
  expect(await child.exited).toBe('SIGKILL')
})

test('waiting for the words of a child that has failed says how it failed', async () => {
  const child = startChild(file('failing-child.ts'), [], options)
  await expect(child.waitForLine(/ready/)).rejects.toThrow(/no disk left/)
})
