import { readFile } from 'node:fs/promises'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { DEMO_PASSWORD, specCall } from '../cast/cast.ts'
import { accessibilityFaults, logInAsAdmin, openCall, picture } from './people.ts'
import { useProduct } from './product.ts'

const product = useProduct()

const details = (page: Page) => page.getByRole('complementary', { name: 'Details of the call' })

async function textOf(path: string): Promise<string> {
  const pdf = await getDocument({ data: new Uint8Array(await readFile(path)) }).promise
  const pages: string[] = []
  for (let at = 1; at <= pdf.numPages; at += 1) {
    const { items } = await (await pdf.getPage(at)).getTextContent()
    pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''))
  }
  return pages.join('\n')
}

async function exportAs(page: Page, format: 'PDF' | 'JSON'): Promise<string> {
  const saving = page.waitForEvent('download')
  await details(page).getByRole('button', { name: 'Export the conversation' }).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${format}`) }).click()
  const download = await saving
  expect(download.suggestedFilename()).toBe(`${specCall.conversation_id}.${format.toLowerCase()}`)
  await details(page).getByText(`The ${format} was saved.`).waitFor()
  return await download.path()
}

test('a conversation is exported from the console, and its PDF can be read and searched', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 900 } })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openCall(ava, 'Ravi Deshmukh')
  await details(ava).getByRole('heading', { name: 'What happened' }).waitFor()
  // Ava has read it by now, which is part of the record as well.
  await ava
    .getByRole('navigation', { name: 'Active calls' })
    .getByText('unread')
    .waitFor({ state: 'detached' })
  const text = await textOf(await exportAs(ava, 'PDF'))
  expect(text).toContain('My friend is falling from a floor, what should I do?')
  expect(text).toContain('Ravi Deshmukh')
  expect(text).toMatch(/SHA-256 [0-9a-f]{64}/)

  const json = JSON.parse(await readFile(await exportAs(ava, 'JSON'), 'utf8')) as {
    messages: unknown[]
    digest: { content: string }
  }
  expect(json.messages).toHaveLength(2)
  // Two exports of the unchanged conversation have the same content.
  expect(text.replaceAll(/\s/g, '')).toContain(json.digest.content)
  await details(ava).getByRole('button', { name: 'Export the conversation' }).scrollIntoViewIfNeeded()
  await picture(ava, 'export-details')
  expect(await accessibilityFaults(ava)).toEqual([])
  await ava.context().close()
})

test('a manager finds in the audit log who has read and exported, and an agent is refused', async () => {
  const ben = await product().newPerson({ viewport: { width: 1280, height: 900 } })
  await logInAsAdmin(ben, 'ben@acme.example')
  await openCall(ben, 'Ravi Deshmukh')
  await exportAs(ben, 'JSON')
  expect(await ben.getByRole('link', { name: 'Audit' }).count()).toBe(0)
  await ben.goto(`${new URL(ben.url()).origin}/console/audit`)
  await ben.getByText('The audit log is for managers').waitFor()
  await picture(ben, 'audit-refused')
  expect(await accessibilityFaults(ben)).toEqual([])

  for (const colorScheme of ['light', 'dark'] as const) {
    const ava = await product().newPerson({ viewport: { width: 1280, height: 900 }, colorScheme })
    await logInAsAdmin(ava, 'ava@acme.example')
    await ava.getByRole('link', { name: 'Audit' }).click()
    const log = ava.getByRole('list', { name: 'Entries, latest first' })
    await log.getByText('Ben Okafor exported a conversation').first().waitFor()
    await log.getByText('Denied: not a manager').first().waitFor()
    await ava.getByLabel('What').selectOption('conversation.export')
    await log.getByText('followed a conversation').first().waitFor({ state: 'detached' })
    await picture(ava, `audit-${colorScheme}`)
    expect(await accessibilityFaults(ava)).toEqual([])
    await ava.context().close()
  }
  await ben.context().close()
})

/** So many entries stand on one page of the log. */
const PAGE = 50

/** A machine with much to do takes its time. */
const PATIENT = { timeout: 20_000 }

/** Somebody reads the conversation with a program, again and again. */
async function readByApi(username: string, times: number): Promise<void> {
  const { origin } = product()
  const body = new URLSearchParams({ username, password: DEMO_PASSWORD })
  const login = await fetch(`${origin}/api/auth/token`, { method: 'POST', body })
  const { access_token } = (await login.json()) as { access_token: string }
  const headers = { authorization: `Bearer ${access_token}` }
  for (let time = 0; time < times; time += 1) {
    const { status } = await fetch(`${origin}/api/conversation/${specCall.conversation_id}`, { headers })
    expect(status).toBe(200)
  }
}

test('a manager turns the pages of a filled log to where it begins, narrows it, and is told when nothing fits', async () => {
  await readByApi('cleo@acme.example', PAGE + 5)
  const ava = await product().newPerson({ viewport: { width: 1280, height: 900 } })
  await logInAsAdmin(ava, 'ava@acme.example')
  await ava.getByRole('link', { name: 'Audit' }).click()
  const log = ava.getByRole('list', { name: 'Entries, latest first' })
  await expect.poll(() => log.getByRole('listitem').count(), PATIENT).toBe(PAGE)
  await picture(ava, 'audit-filled')
  expect(await accessibilityFaults(ava)).toEqual([])
  const earlier = ava.getByRole('button', { name: 'Earlier entries' })
  while (await earlier.isVisible()) {
    const before = await log.getByRole('listitem').count()
    await earlier.click()
    await expect.poll(() => log.getByRole('listitem').count(), PATIENT).toBeGreaterThan(before)
  }
  await ava.getByText('This is where the log begins.').waitFor()
  const times = await ava.evaluate<string[]>(
    `[...document.querySelectorAll('ol[aria-label="Entries, latest first"] time')].map((time) => time.dateTime)`,
  )
  expect(times.length).toBeGreaterThan(PAGE)
  expect(times).toEqual(times.toSorted().toReversed())

  await ava.getByLabel('Person').selectOption({ label: 'Cleo Marchetti' })
  await expect.poll(() => log.getByText('Ben Okafor').count(), PATIENT).toBe(0)
  await log.getByText('Cleo Marchetti read a conversation').first().waitFor()

  await ava.getByLabel('From').fill('2099-01-01')
  await ava.getByText('Nothing in the log fits').waitFor()
  await picture(ava, 'audit-empty')
  expect(await accessibilityFaults(ava)).toEqual([])
  await ava.context().close()
})

test('a log that cannot be loaded says why, and is there again at the next attempt', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 900 } })
  await logInAsAdmin(ava, 'ava@acme.example')
  await answerWith(ava, '**/api/audit?*', 500)
  await ava.getByRole('link', { name: 'Audit' }).click()
  const problem = ava.getByRole('alert')
  await problem.getByText('The audit log cannot be loaded').waitFor()
  await problem.getByText('The server has a problem. Try again in a moment.').waitFor()
  await picture(ava, 'audit-failed')
  expect(await accessibilityFaults(ava)).toEqual([])

  await ava.unroute('**/api/audit?*')
  await product().killGateway()
  await ava.getByRole('button', { name: 'Try again' }).click()
  await problem.getByText('The server cannot be reached. Check your connection and try again.').waitFor()
  await product().startGateway()
  await ava.getByRole('button', { name: 'Try again' }).click()
  await ava
    .getByRole('list', { name: 'Entries, latest first' })
    .getByText('Ava Lindqvist read the audit log')
    .first()
    .waitFor()
  expect(await problem.count()).toBe(0)
  await ava.context().close()
})

test('an export that fails says so, whether the server refuses or is gone, and can be tried again', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 900 } })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openCall(ava, 'Ravi Deshmukh')
  const problem = details(ava).getByRole('alert')
  const attempt = async () => {
    await details(ava).getByRole('button', { name: 'Export the conversation' }).click()
    await ava.getByRole('menuitem', { name: /^PDF/ }).click()
  }
  await answerWith(ava, '**/export?*', 500)
  await attempt()
  await problem.getByText('The export failed. The server has a problem. Try again in a moment.').waitFor()
  await problem.scrollIntoViewIfNeeded()
  await picture(ava, 'export-failed')
  expect(await accessibilityFaults(ava)).toEqual([])
  // What a proxy says when there is no server behind it.
  await ava.unroute('**/export?*')
  await ava.route('**/export?*', (route) =>
    route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>Service Unavailable</h1>' }),
  )
  await attempt()
  const unreached = 'The export failed. The server cannot be reached. Check your connection and try again.'
  await problem.getByText(unreached).waitFor()
  await ava.unroute('**/export?*')

  await product().killGateway()
  await attempt()
  await details(ava).getByText('The file is being made…').waitFor({ state: 'detached' })
  await problem.getByText(unreached).waitFor()
  await product().startGateway()
  await exportAs(ava, 'PDF')
  expect(await problem.count()).toBe(0)
  await ava.context().close()
})

/** From now on the server answers so, in the words of its own failures. */
const answerWith = (page: Page, path: string, status: number) =>
  page.route(path, (route) =>
    route.fulfill({
      status,
      json: {
        success: false,
        error: { code: 'internal', message: 'internal', timestamp: new Date().toISOString() },
      },
    }),
  )
