import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const EXIT_WITH_PARENT = fileURLToPath(new URL('./exit-with-parent.mjs', import.meta.url))
/** What Node has compiled, kept from one start to the next: a third of what a gateway or the functions take to begin. */
const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/node-compile', import.meta.url))

export interface Child {
  readonly pid: number
  /** Resolves with the exit code (or the signal's name) once the process is gone. */
  readonly exited: Promise<number | string>
  /** Resolves with the first output line that matches; rejects, with the last output, when the process ends first. */
  waitForLine(pattern: RegExp): Promise<string>
  /** SIGTERM, and SIGKILL to everything it started when that did not help within `graceMs`. */
  stop(graceMs?: number): Promise<void>
}

/** Where the process's output goes, line by line. */
export type OnLine = (line: string) => void

const KEPT_LINES = 40

/**
 * Starts a Node script in a process group of its own: a Ctrl-C in the terminal reaches only us, and we end our
 * children in order. Should we die without doing so, the closed IPC channel ends them (exit-with-parent.mjs).
 */
export function startChild(
  script: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; cwd: string; onLine?: OnLine },
): Child {
  const child = spawn(process.execPath, ['--import', EXIT_WITH_PARENT, script, ...args], {
    cwd: options.cwd,
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...options.env, LIFELINE_PARENT: String(process.pid) },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`Could not start ${script}`)

  const recent: string[] = []
  const waiting = new Set<{
    pattern: RegExp
    resolve: (line: string) => void
    reject: (error: Error) => void
  }>()
  const take = (line: string): void => {
    recent.push(line)
    if (recent.length > KEPT_LINES) recent.shift()
    options.onLine?.(line)
    for (const waiter of waiting) {
      if (!waiter.pattern.test(line)) continue
      waiting.delete(waiter)
      waiter.resolve(line)
    }
  }
  readLines(child, take)

  const exited = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => {
      for (const waiter of waiting) {
        waiter.reject(new Error(`${script} ended (${code ?? signal}):\n${recent.join('\n')}`))
      }
      waiting.clear()
      resolve(code ?? signal ?? 'unknown')
    })
  })

  return {
    pid,
    exited,
    waitForLine: (pattern) =>
      new Promise((resolve, reject) => {
        const seen = recent.find((line) => pattern.test(line))
        if (seen !== undefined) resolve(seen)
        else if (child.exitCode !== null) reject(new Error(`${script} ended:\n${recent.join('\n')}`))
        else waiting.add({ pattern, resolve, reject })
      }),
    stop: (graceMs = 10_000) => stopGroup(child, pid, exited, graceMs),
  }
}

function readLines(child: ChildProcess, take: OnLine): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = ''
    stream?.setEncoding('utf8')
    stream?.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach(take)
    })
    stream?.on('end', () => {
      if (rest !== '') take(rest)
    })
  }
}

async function stopGroup(child: ChildProcess, pid: number, exited: Promise<unknown>, graceMs: number) {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  const timer = setTimeout(() => {
    killGroup(pid)
  }, graceMs)
  await exited
  clearTimeout(timer)
  // What the process itself may have left behind, as an emulator does when its own shutdown is cut short.
  killGroup(pid)
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
