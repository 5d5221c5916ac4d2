import type { Locator } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { startPanelModel } from './panel-model.ts'
import { answers, ask, builder, openQa, question, selectAll } from './panel.ts'
import { accessibilityFaults, logInAsAdmin, picture } from './people.ts'
import { useProduct } from './product.ts'

/** What the tests below ask of Acme's people, all of them once. */
const ANSWERS_A_DAY = 18
const model = await startPanelModel()
const product = useProduct({
  ...model.settings,
  QA_ANSWERS_PER_COMPANY_PER_DAY: String(ANSWERS_A_DAY),
})
afterAll(() => model.close())
const SOON = { timeout: 30_000 }
const WIDE = { viewport: { width: 1280, height: 900 } }

test('before a question is put it says how long it takes, what it costs and what is left, and what would be refused', async () => {
  const ava = await product().newPerson({ ...WIDE, colorScheme: 'dark' })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openQa(ava)
  const form = builder(ava)
  const button = form.getByRole('button', { name: /^Ask( \d+ prospects?)?$/ })
  await form.getByText('Choose who is to answer, and what it takes is said here.').waitFor()
  const before = await button.boundingBox()
  const pick = (name: string) => form.getByRole('checkbox', { name: new RegExp(name) }).check()
  await pick('Priya Raman')
  await pick('Nadia Farouk')
  await form.getByText('About 20 seconds: assumed, nothing is measured yet.').waitFor()
  await form.getByText('5 calls to panel, and more if some fail.').waitFor()
  await form.getByText('Left today: 200 questions, and 18 answers for your company.').waitFor()
  // What is said there moves nothing, and whoever reaches the button hears it.
  expect(await button.boundingBox()).toEqual(before)
  expect(await describedBy(button)).toContain('5 calls to panel')
  await picture(ava, 'qa-estimate-dark')
  expect(await accessibilityFaults(ava)).toEqual([])
  await ask(ava, 'Would you sign today?')
  await ava.getByRole('tab', { name: 'Summary is ready' }).waitFor(SOON)

  // Now it is measured, and what would not go through is said before it is tried.
  await pick('Priya Raman')
  await form.getByText(/, by your last session of 2 people\.$/).waitFor()
  const all = await selectAll(ava)
  await form.getByText(/^Left today: 199 questions, and 16 answers/).waitFor()
  await ask(ava, 'And tomorrow?')
  await ava.getByRole('tab', { name: 'Summary is ready' }).waitFor(SOON)
  await selectAll(ava)
  const left = ANSWERS_A_DAY - 2 - all
  await form
    .getByText(
      new RegExp(`^Your company has ${left} answers left today, and this needs ${all}\\. There is more`),
    )
    .waitFor()
  await picture(ava, 'qa-estimate-over-dark')
  expect(await accessibilityFaults(ava)).toEqual([])
  await ava.context().close()
})

/** What a screen reader adds to the name of something. */
async function describedBy(element: Locator): Promise<string | null> {
  const id = await element.getAttribute('aria-describedby')
  return element.page().locator(`[id="${id}"]`).textContent()
}

test('when nobody could be asked the session says that it failed, and why, and can be asked again', async () => {
  const ava = await product().newPerson({ ...WIDE, colorScheme: 'light' })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openQa(ava)
  const form = builder(ava)
  for (const name of ['Priya Raman', 'Nadia Farouk']) {
    await form.getByRole('checkbox', { name: new RegExp(name) }).check()
  }
  const words = 'Who speaks without Priya Raman and without Nadia Farouk?'
  await ask(ava, words)
  await ava.getByText('0 of 2 answered · 2 could not be asked').waitFor(SOON)
  await ava.getByText('Failed', { exact: true }).waitFor()
  await ava.getByText('Nobody has answered', { exact: true }).waitFor()
  await ava.getByText('2 people could not be asked').click()
  await ava.getByText('Nadia Farouk: the model would not answer').waitFor()
  await picture(ava, 'qa-failed')
  expect(await accessibilityFaults(ava)).toEqual([])
  await ava.getByRole('tab', { name: 'Summary' }).click()
  await ava.getByText('Nobody answered, so there is nothing to summarize.').waitFor()
  expect(await ava.getByRole('button', { name: /Write a summary/ }).count()).toBe(0)
  await picture(ava, 'qa-failed-summary')
  await ava.getByRole('button', { name: 'Ask again' }).click()
  await form.getByText('2 of at most 500 selected').waitFor()
  expect(await question(ava).inputValue()).toBe(words)

  // In the list it is a failed one as well.
  await ava.getByRole('link', { name: 'All sessions' }).click()
  await ava.getByRole('group', { name: 'Filters' }).getByLabel('Status').selectOption('Failed or cancelled')
  const row = ava.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
  await row.filter({ hasText: words }).getByText('Failed', { exact: true }).waitFor()
  await expect.poll(() => row.filter({ hasText: words }).getByText('Simulated').count()).toBe(1)
  await picture(ava, 'qa-failed-list')
  await ava.context().close()
})

test('another company’s session is as unknown as none, and a list that cannot be had says so and is tried again', async () => {
  const ava = await product().newPerson({ ...WIDE, colorScheme: 'light' })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openQa(ava)
  const link = ava.getByRole('list', { name: 'Sessions' }).getByRole('link').first()
  const address = (await link.getAttribute('href')) ?? ''
  expect(address).toMatch(/\/qa\/QS-/)
  await ava.context().close()

  const gus = await product().newPerson({ ...WIDE, colorScheme: 'dark' })
  await logInAsAdmin(gus, 'gus@globex.example')
  for (const path of [address, '/console/qa/QS-none']) {
    await gus.goto(path)
    await gus.getByRole('alert').getByText('There is no such session').waitFor(SOON)
    expect(await answers(gus).count()).toBe(0)
  }
  await picture(gus, 'qa-denied-dark')
  expect(await accessibilityFaults(gus)).toEqual([])
  await gus.getByRole('alert').getByRole('link', { name: 'All sessions' }).click()
  await gus.getByText('Nothing has been asked yet').waitFor()
  await builder(gus).getByText('Your company has no prospects yet. A manager can import them.').waitFor()
  await picture(gus, 'qa-empty-dark')
  expect(await accessibilityFaults(gus)).toEqual([])

  await gus.route('**/api/v1/qa/sessions?*', (route) =>
    route.fulfill({
      status: 503,
      json: {
        error_code: 'UNAVAILABLE',
        message: 'The database does not answer',
        details: null,
        timestamp: '',
      },
    }),
  )
  await gus.getByRole('group', { name: 'Filters' }).getByLabel('Status').selectOption('Completed')
  const failure = gus.getByRole('alert').filter({ hasText: 'The sessions cannot be loaded' })
  await failure.waitFor(SOON)
  await picture(gus, 'qa-unavailable-dark')
  expect(await accessibilityFaults(gus)).toEqual([])
  await gus.unroute('**/api/v1/qa/sessions?*')
  await failure.getByRole('button', { name: 'Try again' }).click()
  await gus.getByText('No session fits the filters').waitFor()

  // What could not be looked through is not passed over in silence.
  await gus.route('**/api/v1/qa/sessions?*', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...((await response.json()) as object), is_partial: true } })
  })
  await gus.getByRole('group', { name: 'Filters' }).getByLabel('Search').fill('needle')
  await gus.getByText('Only the newest sessions were looked through, and there are older ones.').waitFor()
  await picture(gus, 'qa-partial-dark')
  await gus.context().close()
})

test('prospects have their portraits, and their initials where a picture does not load', async () => {
  const ava = await product().newPerson({ ...WIDE, colorScheme: 'light' })
  const asked: { path: string; referrer: string | undefined }[] = []
  await ava.route('https://portraits.example/**', async (route) => {
    const path = new URL(route.request().url()).pathname
    asked.push({ path, referrer: route.request().headers().referer })
    await (path === '/jo.svg'
      ? route.fulfill({ contentType: 'image/svg+xml', body: FACE })
      : route.fulfill({ status: 404 }))
  })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openQa(ava)
  await ava.getByRole('button', { name: 'Import' }).click()
  const dialog = ava.getByRole('dialog')
  const rows = [
    {
      lead_id: 'LEAD-3001',
      full_name: 'Jo Park',
      profile_image_url: 'https://portraits.example/jo.svg',
      statement: ['I read everything twice.'],
    },
    {
      lead_id: 'LEAD-3002',
      full_name: 'Kim Vega',
      profile_image_url: 'https://portraits.example/gone.png',
      statement: ['I sign nothing.'],
    },
  ]
  const buffer = Buffer.from(JSON.stringify(rows))
  await dialog
    .locator('input[type="file"]')
    .setInputFiles({ name: 'people.json', mimeType: 'application/json', buffer })
  await dialog.getByRole('button', { name: 'Import 2 prospects' }).click()
  await dialog.getByText(/^2 new, 0 replaced/).waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  const form = builder(ava)
  await form.getByLabel('Search prospects').fill('LEAD-300')
  await form.getByRole('button', { name: 'Select all 2', exact: true }).waitFor()
  const row = (name: string) =>
    form.getByRole('list', { name: 'Prospects' }).getByRole('listitem').filter({ hasText: name })
  await seesFace(row('Jo Park'))
  await row('Kim Vega').getByText('KV', { exact: true }).waitFor()
  await picture(ava, 'qa-portraits')
  expect(await accessibilityFaults(ava)).toEqual([])
  expect(await selectAll(ava)).toBe(2)
  await ask(ava, 'Would you read the small print?')
  await ava.getByText('2 of 2 answered').waitFor(SOON)
  const card = (name: string) => ava.getByRole('article', { name })
  await seesFace(card('Jo Park'))
  await card('Kim Vega').getByText('KV', { exact: true }).waitFor()
  for (const name of ['Jo Park', 'Kim Vega'])
    await expect.poll(() => card(name).getByText('Simulated').count()).toBe(1)
  await picture(ava, 'qa-portraits-answers')
  expect(await accessibilityFaults(ava)).toEqual([])
  // Whoever keeps the pictures learns that somebody looks, and not where from.
  expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(['/jo.svg', '/gone.png']))
  expect(asked.map(({ referrer }) => referrer)).toEqual(asked.map(() => undefined))
  await ava.context().close()
})

const seesFace = (place: Locator) =>
  expect
    .poll(
      () =>
        place
          .locator('img')
          .evaluateAll((images) => images.map((image) => (image as { naturalWidth?: number }).naturalWidth)),
      SOON,
    )
    .toEqual([96])

const FACE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="#c9d8e6"/>' +
  '<circle cx="48" cy="38" r="18" fill="#8a5a3b"/><ellipse cx="48" cy="92" rx="34" ry="30" fill="#2b4a6f"/></svg>'
