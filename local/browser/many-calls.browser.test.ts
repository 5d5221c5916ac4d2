import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type CrowdCall, placeCalls } from './crowd.ts'
import { readFrames, watchFrames } from './frames.ts'
import { accessibilityFaults, logInAsAdmin, picture } from './people.ts'
import { useProduct } from './product.ts'

/** How many calls stay fluid; the figures are told (`--reporter=verbose`), and no test rests on time. */

const URGENCIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const
const CALLS: CrowdCall[] = Array.from({ length: 500 }, (_, n) => ({
  id: `crowd_${String(n).padStart(3, '0')}`,
  urgency: URGENCIES[n % 4] ?? 'LOW',
  last: n % 5 === 0 ? 'admin' : 'user',
  age: 3_600 + n,
  silent: 10 + n,
  voice: n,
  ...(n % 3 === 0 && { adminId: n % 2 === 0 ? 'admin_ben' : 'admin_cleo' }),
}))
const product = useProduct({}, (app) => placeCalls(app, CALLS))
const SOON = { timeout: 15_000 }
const board = (page: Page) => page.getByRole('navigation', { name: 'Active calls' })
const rows = (page: Page) => board(page).locator('[data-row]')
const call = (id: string) => product().database.ref(`active_calls/call_${id}`)

test(
  'five hundred calls are scrolled and change while only the rows in sight are drawn',
  { timeout: 180_000 },
  async ({ annotate }) => {
    const ava = await product().newPerson({ viewport: { width: 1280, height: 800 } })
    await logInAsAdmin(ava, 'ava@acme.example')
    await expect.poll(() => board(ava).getByText('All 501').count(), SOON).toBe(1)
    expect(await rows(ava).count()).toBeLessThan(40)
    await expect.poll(() => rows(ava).first().getAttribute('aria-setsize')).toBe('501')
    await picture(ava, 'board-500')

    const scroller = rows(ava).first().locator('xpath=../..')
    await watchFrames(ava)
    for (let step = 0; step < 120; step += 1) {
      await scroller.evaluate((element) => {
        ;(element as unknown as { scrollTop: number }).scrollTop += 300
      })
      await ava.evaluate(
        () =>
          new Promise((done) =>
            (globalThis as never as { requestAnimationFrame(f: unknown): void }).requestAnimationFrame(done),
          ),
      )
    }
    await annotate(`scrolling 500 calls: ${JSON.stringify(await readFrames(ava))}`)
    await scroller.evaluate((element) => {
      ;(element as unknown as { scrollTop: number }).scrollTop = 0
    })

    // A hundred calls change one after the other, each moving to the top or away from it.
    await watchFrames(ava)
    for (const [n, { id }] of CALLS.slice(100, 200).entries()) {
      await call(id).update({ urgency: n % 2 === 0 ? 'CRITICAL' : 'LOW' })
    }
    await call('crowd_499').update({ urgency: 'CRITICAL', 'talk/unanswered_at': 1_000 })
    await expect.poll(() => rows(ava).first().getAttribute('data-row'), SOON).toBe('call_crowd_499')
    const changing = await readFrames(ava)
    await annotate(`100 changes among 500 calls: ${JSON.stringify(changing)}`)
    expect(await rows(ava).count()).toBeLessThan(40)

    // The row under the pointer stays where it is, whatever comes above it.
    const third = rows(ava).nth(2)
    const id = (await third.getAttribute('data-row')) ?? ''
    await third.hover()
    const box = await third.boundingBox()
    await call('crowd_498').update({ urgency: 'CRITICAL', 'talk/unanswered_at': 500 })
    await expect.poll(() => rows(ava).first().getAttribute('data-row'), SOON).toBe('call_crowd_498')
    expect(await board(ava).locator(`[data-row="${id}"]`).boundingBox()).toEqual(box)
    await ava.mouse.move(700, 400)
    await expect.poll(() => rows(ava).nth(3).getAttribute('data-row'), SOON).toBe(id)

    // By keyboard beyond what was drawn.
    for (let n = 0; n < 60; n += 1) await ava.keyboard.press('j')
    await expect
      .poll(() => ava.locator(':focus').locator('xpath=..').getAttribute('aria-posinset'), SOON)
      .toBe('60')
    expect(await accessibilityFaults(ava)).toEqual([])
  },
)
