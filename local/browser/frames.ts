import type { Page, Request } from 'playwright-core'
import { expect } from 'vitest'

/** How a stretch of work felt: frames that came late and tasks that held the page up, ms. */
type Fluency = {
  frames: number
  medianFrame: number
  p95Frame: number
  worstFrame: number
  longTasks: number
  longestTask: number
  blocked: number
  /** Sum of unexpected layout shifts (CLS), and of those that input within half a second explains. */
  shift: number
  /** The text of what was shifted, for whoever looks for the cause. */
  shifted: string[]
}

type Watch = {
  gaps: number[]
  tasks: number[]
  shift: number
  shifted: string[]
  last: number
  isOn: boolean
}
type Place = {
  textContent: string | null
  parentElement: { closest(selector: string): object | null } | null
}
type Shift = { value: number; sources: { node: Place | null }[] }
type Watched = { lifelineWatch?: Watch }

/**
 * Begins to watch frames, long tasks and layout shifts in the page.
 *
 * @param besides what may move: a shift of nothing else does not count
 */
export async function watchFrames(page: Page, besides = ':not(*)'): Promise<void> {
  await page.evaluate((movable) => {
    const view = globalThis as unknown as Watched & {
      requestAnimationFrame(call: (at: number) => void): void
      PerformanceObserver: new (call: (list: { getEntries(): object[] }) => void) => {
        observe(options: object): void
      }
    }
    const watch: Watch = { gaps: [], tasks: [], shift: 0, shifted: [], last: 0, isOn: true }
    view.lifelineWatch = watch
    const frame = (at: number) => {
      if (watch.last > 0) watch.gaps.push(at - watch.last)
      watch.last = at
      if (watch.isOn) view.requestAnimationFrame(frame)
    }
    view.requestAnimationFrame(frame)
    new view.PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watch.tasks.push((entry as { duration: number }).duration)
    }).observe({ type: 'longtask' })
    new view.PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) {
        const nodes = entry.sources
          .map(({ node }) => node)
          .filter((node) => node?.parentElement?.closest(movable) == null)
        if (nodes.length === 0) continue
        watch.shift += entry.value
        watch.shifted.push(...nodes.map((node) => node?.textContent ?? '?'))
      }
    }).observe({ type: 'layout-shift' })
  }, besides)
}

const STILL_FRAMES = 30
/** They stay open. */
const isStream = (request: Request): boolean => new URL(request.url()).pathname.endsWith('/stream')

/**
 * Follows what a page asks for from now on. What it returns resolves once all of that has come and the screen has drawn many
 * frames since: from then on nothing that opening it brings along can move it.
 */
export function watchSettling(page: Page): () => Promise<void> {
  const open = new Set<Request>()
  page.on('request', (request) => void (isStream(request) || open.add(request)))
  const end = (request: Request) => void open.delete(request)
  page.on('requestfinished', end)
  page.on('requestfailed', end)
  return async () => {
    do {
      await expect.poll(() => open.size).toBe(0)
      await page.evaluate(async (frames) => {
        const view = globalThis as unknown as { requestAnimationFrame(call: () => void): void }
        for (let n = 0; n < frames; n += 1) {
          await new Promise<void>((resolve) => view.requestAnimationFrame(resolve))
        }
      }, STILL_FRAMES)
    } while (open.size > 0)
  }
}

/** Ends the watch and says how it was. */
export async function readFrames(page: Page): Promise<Fluency> {
  const { gaps, tasks, shift, shifted } = await page.evaluate(() => {
    const watch = (globalThis as unknown as Required<Watched>).lifelineWatch
    watch.isOn = false
    return watch
  })
  const sorted = gaps.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
  return {
    frames: gaps.length,
    medianFrame: at(0.5),
    p95Frame: at(0.95),
    worstFrame: at(1),
    longTasks: tasks.length,
    longestTask: Math.round(Math.max(0, ...tasks)),
    blocked: Math.round(tasks.reduce((sum, task) => sum + Math.max(0, task - 50), 0)),
    shift: Math.round(shift * 10_000) / 10_000,
    shifted,
  }
}
