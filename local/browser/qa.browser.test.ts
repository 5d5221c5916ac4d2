import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { answers, ask, builder, chip, openQa, question, selectAll } from './panel.ts'
import { accessibilityFaults, logInAsAdmin, picture } from './people.ts'
import { useProduct } from './product.ts'

const product = useProduct()
const SOON = { timeout: 30_000 }
const QUESTION = 'What are your primary concerns when considering life insurance?'

/** One red point, as PNG. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

async function exportAs(page: Page, format: 'CSV' | 'JSON'): Promise<string> {
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${format}`) }).click()
  const download = await saving
  expect(download.suggestedFilename()).toMatch(new RegExp(`^QS-.*\\.${format.toLowerCase()}$`))
  return readFile(await download.path(), 'utf8')
}

test('a panel is chosen, asked, watched to the end, and its answers are read', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openQa(ava)
  const form = builder(ava)

  // What is missing is said where it is missing.
  await form.getByRole('button', { name: 'Ask', exact: true }).click()
  await form.getByText('Write the question.').waitFor()
  await form.getByText('Choose at least one prospect.').waitFor()
  await expect.poll(() => question(ava).and(ava.locator(':focus')).count()).toBe(1)

  // Choosing: by classification, by name, one by one.
  const rows = form.getByRole('list', { name: 'Prospects' }).getByRole('listitem')
  await chip(form, 'Hot').click()
  await form.getByRole('button', { name: 'Select all 3' }).click()
  await form.getByText('3 of at most 500 selected').waitFor()
  await chip(form, 'Hot').click()
  await form.getByLabel('Search prospects').fill('priya analyst')
  await expect.poll(() => rows.count(), SOON).toBe(1)
  await rows.getByRole('checkbox', { name: /Priya Raman/ }).check()
  await form.getByText('4 of at most 500 selected').waitFor()
  await form.getByLabel('Search prospects').fill('nobody of that name')
  await form.getByText('Nobody fits.').waitFor()
  await form.getByLabel('Search prospects').fill('')
  await form.getByText('Nobody fits.').waitFor({ state: 'hidden' })
  const all = await selectAll(ava)
  expect(all).toBeGreaterThanOrEqual(12)

  // The question, with a picture that is refused and one that is taken.
  await question(ava).fill(QUESTION)
  await form.getByText('63 / 2,000').waitFor()
  const chooser = form.locator('input[type="file"]').first()
  await chooser.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('words') })
  await form.getByText('This is not a picture that can be sent.').waitFor()
  await chooser.setInputFiles({ name: 'offer.png', mimeType: 'image/png', buffer: PICTURE })
  await form.getByRole('img', { name: 'What goes with the question' }).waitFor()
  await form.getByRole('button', { name: /^Context and control/ }).click()
  await form.getByRole('button', { name: 'Add context' }).click()
  await form.getByLabel('Name', { exact: true }).fill('campaign_id')
  await form.getByLabel('Value').fill('CAMP-2024-Q1')
  await picture(ava, 'qa-builder')
  expect(await accessibilityFaults(ava)).toEqual([])

  // Asked, and watched to the end.
  await ask(ava, QUESTION)
  await answers(ava).first().waitFor(SOON)
  await picture(ava, 'qa-running')
  await ava.getByText(`${all} of ${all} answered`).waitFor(SOON)
  await ava.getByRole('tab', { name: 'Summary is ready' }).waitFor(SOON)
  expect(await question(ava).inputValue()).toBe('')
  await ava.getByRole('img', { name: 'Shown to everybody with the question' }).waitFor()
  await ava.getByText('CAMP-2024-Q1').waitFor()

  // Reading: why, and only some.
  const first = answers(ava).first()
  await first.getByRole('button', { name: /^Confidence/ }).click()
  await first.getByRole('heading', { name: 'The facts behind it' }).waitFor()
  await picture(ava, 'qa-answers')
  expect(await accessibilityFaults(ava)).toEqual([])
  const filters = ava.getByRole('group', { name: 'Filter the answers' })
  await filters.getByLabel('Search the answers').fill('Priya')
  await expect.poll(() => answers(ava).count()).toBe(1)
  await ava.getByText(`1 of ${all} shown`).waitFor()
  await filters.getByLabel('Search the answers').fill('')
  const count = Number(/\d+/.exec((await chip(filters, 'Negative').textContent()) ?? '')?.[0])
  expect(count).toBeLessThan(all)
  await chip(filters, 'Negative').click()
  await ava.getByText(`${count} of ${all} shown`).waitFor()
  await chip(filters, 'Negative').click()
  await filters.getByLabel('Order of the answers').selectOption('By name')
  const names = await answers(ava).evaluateAll((cards) =>
    cards.map((card) => card.getAttribute('aria-label')),
  )
  expect(names).toEqual(names.toSorted((a, b) => String(a).localeCompare(String(b))))

  await ava.context().close()
})

test('a session is found again: its summary is read and written anew, it is exported and asked again', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openQa(ava)
  const form = builder(ava)
  const sessions = ava.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
  const own = sessions.filter({ hasText: QUESTION }).first()
  await own.getByRole('link').click()
  const all = Number(/^\d+/.exec((await ava.getByText(/^\d+ of \d+ answered/).textContent()) ?? '')?.[0])

  // The summary, and another one.
  await ava
    .getByRole('note', { name: 'How far this can be trusted' })
    .getByText('Simulated people')
    .first()
    .waitFor()
  await ava.getByRole('heading', { name: 'Key insights' }).waitFor()
  await ava.getByRole('table').first().waitFor()
  await picture(ava, 'qa-summary')
  expect(await accessibilityFaults(ava)).toEqual([])
  await ava.getByRole('button', { name: 'Regenerate' }).click()
  const dialog = ava.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Bullet points' }).check()
  await dialog.getByLabel('Above all about').fill('price')
  await ava.keyboard.press('Enter')
  await picture(ava, 'qa-regenerate')
  expect(await accessibilityFaults(ava)).toEqual([])
  await dialog.getByRole('button', { name: 'Write it' }).click()
  await dialog.waitFor({ state: 'hidden', ...SOON })
  await ava.getByText('Bullet points, about price').waitFor()

  // Exported, as a table and whole.
  const csv = await exportAs(ava, 'CSV')
  expect(csv.startsWith('\uFEFFrecord,session_id,question')).toBe(true)
  expect(csv.match(/^answer,QS-/gm)).toHaveLength(all)
  expect(csv.match(/^(answer|summary),.*simulated\r?$/gm)?.length).toBeGreaterThan(0)
  const json = JSON.parse(await exportAs(ava, 'JSON')) as Record<string, unknown>
  expect(json).toMatchObject({
    question: QUESTION,
    simulated: true,
    total_responded: all,
    status: 'completed',
  })
  expect(json.responses).toHaveLength(all)

  // Found again, and asked again.
  await ava.getByRole('link', { name: 'All sessions' }).click()
  await ava.getByText(/\d+ in progress · \d+ completed/).waitFor()
  await ava.getByRole('group', { name: 'Filters' }).getByLabel('Search').fill('zebra crossing')
  await ava.getByText('No session fits the filters').waitFor()
  await ava.getByRole('button', { name: 'Show all' }).click()
  await ava.getByRole('group', { name: 'Filters' }).getByLabel('Status').selectOption('Completed')
  await sessions.first().waitFor()
  await picture(ava, 'qa-history')
  expect(await accessibilityFaults(ava)).toEqual([])
  await own.getByRole('link').click()
  await ava.getByRole('tab', { name: 'Summary', selected: true }).waitFor()
  await ava.getByRole('button', { name: 'Ask again' }).click()
  await form.getByText(`${all} of at most 500 selected`).waitFor()
  expect(await question(ava).inputValue()).toBe(QUESTION)
  await form.getByRole('img', { name: 'What goes with the question' }).waitFor()
  await ava.context().close()
})

test('five hundred answers are read, searched and scrolled through without drawing all of them', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 900 }, colorScheme: 'dark' })
  await logInAsAdmin(ava, 'ava@acme.example')
  // The session of the test before, as if five hundred had answered it.
  await ava.route(/\/api\/v1\/qa\/sessions\/QS-[^/]+$/, async (route) => {
    const response = await route.fetch()
    const session = (await response.json()) as { responses: { persona: object }[] }
    const [one] = session.responses
    session.responses = Array.from({ length: 500 }, (_, at) => {
      const persona = { ...one?.persona, lead_id: `LEAD-${at}`, full_name: `Person ${at}` }
      return { ...one, persona }
    })
    await route.fulfill({ response, json: session })
  })
  await openQa(ava)
  await ava
    .getByRole('list', { name: 'Sessions' })
    .getByRole('link')
    .filter({ hasText: QUESTION })
    .first()
    .click()
  await ava.getByRole('tab', { name: 'Answers 500' }).click()
  await answers(ava).first().waitFor()
  expect(await answers(ava).count()).toBeLessThan(40)
  await ava.getByRole('list', { name: 'Answers' }).evaluate((list) => list.scrollIntoView(false))
  await ava.getByRole('article', { name: 'Person 499' }).waitFor()
  expect(await answers(ava).count()).toBeLessThan(40)
  await picture(ava, 'qa-many-dark')
  await ava.getByLabel('Search the answers').fill('Person 250')
  await ava.getByText('1 of 500 shown').waitFor()
  await ava.getByRole('article', { name: 'Person 250' }).waitFor()
  await ava.context().close()
})
