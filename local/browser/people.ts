import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { DEMO_PASSWORD, workerEmail } from '../cast/cast.ts'

/** What the people of the browser tests do, in their own words. */

/** A phone as most workers have one. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

export async function logInAsAdmin(page: Page, email: string): Promise<void> {
  await page.goto('/console')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('navigation', { name: 'Active calls' }).waitFor()
}

export async function signInAsWorker(page: Page, workerId: string): Promise<void> {
  await page.goto('/worker')
  await page.getByLabel('E-mail').fill(workerEmail(workerId))
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export async function openCall(page: Page, worker: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Active calls' }).getByText(worker).first().click()
  await page.getByRole('log').waitFor()
}

export async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Your message').fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
}

/** The text of every message on the screen, in its order. */
export const messagesOn = (page: Page): Promise<string[]> =>
  page.getByRole('log').locator('[dir="auto"]:is(p)').allTextContents()

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds on the screen as it is, a line each; empty is good. Everything is checked and only what is wrong
 * described: to describe all that is right takes longer than the checks. The product has no frames to be looked into.
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // It stays until the page is loaded anew.
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(AXE)
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, { resultTypes: ['violations'] })`)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** Keeps a picture of the screen when `SCREENSHOTS` names a folder; the README's come from here. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
