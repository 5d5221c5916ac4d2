import { afterAll, expect, test } from 'vitest'
import { startPanelModel } from './panel-model.ts'
import { answers, ask, builder, openQa, question, selectAll } from './panel.ts'
import { accessibilityFaults, logInAsAdmin, picture } from './people.ts'
import { useProduct } from './product.ts'

const QUESTIONS_A_DAY = 5
const model = await startPanelModel()
const product = useProduct({ ...model.settings, QA_QUESTIONS_PER_USER_PER_DAY: String(QUESTIONS_A_DAY) })
afterAll(() => model.close())
const SOON = { timeout: 30_000 }

test('a session is cancelled in its middle, a colleague watches, and what is answered is summarized after all', async () => {
  const [ava, ben] = await Promise.all([
    product().newPerson({ viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }),
    product().newPerson({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' }),
  ])
  await logInAsAdmin(ava, 'ava@acme.example')
  await openQa(ava)
  const all = await selectAll(ava)
  await ask(ava, 'Would you sign today? [wait]')
  await ava.getByText(`3 of ${all} answered`).waitFor(SOON)
  await picture(ava, 'qa-waiting-dark')
  expect(await accessibilityFaults(ava)).toEqual([])

  // Another admin finds it in the list, watches it, and cannot stop what is not theirs.
  await logInAsAdmin(ben, 'ben@acme.example')
  await openQa(ben)
  await ben.getByText('1 in progress').waitFor()
  await ben.getByRole('list', { name: 'Sessions' }).getByRole('link').first().click()
  await expect.poll(() => answers(ben).count(), SOON).toBe(3)
  expect(await ben.getByRole('button', { name: 'Cancel' }).count()).toBe(0)
  expect(await ben.getByRole('button', { name: 'Import' }).count()).toBe(0)
  await ben.context().setOffline(true)
  await ben
    .getByText(/^(Offline|Reconnecting|Not live)/)
    .first()
    .waitFor(SOON)
  await ben.context().setOffline(false)

  await ava.getByRole('button', { name: 'Cancel' }).click()
  const dialog = ava.getByRole('dialog')
  await dialog.getByText(`3 answers of ${all} are there and will be kept.`).waitFor()
  await picture(ava, 'qa-cancel-dark')
  expect(await accessibilityFaults(ava)).toEqual([])
  await dialog.getByRole('button', { name: 'Cancel the session' }).click()
  await ava.getByText('cancelled, what is answered is kept').waitFor(SOON)
  await ben.getByText('cancelled, what is answered is kept').waitFor(SOON)
  await expect.poll(() => answers(ava).count()).toBe(3)

  await ava.getByRole('tab', { name: 'Summary' }).click()
  await ava.getByText('There is no summary').waitFor()
  await ava.getByRole('button', { name: 'Write a summary of what there is' }).click()
  await dialog.getByLabel('Above all about').fill('trust')
  await dialog.getByRole('button', { name: 'Write it' }).click()
  await ava.getByText('This is about trust.').waitFor(SOON)
  await ava.getByRole('figure').last().scrollIntoViewIfNeeded()
  await picture(ava, 'qa-summary-dark')
  expect(await accessibilityFaults(ava)).toEqual([])
  model.release()
  await Promise.all([ava.context().close(), ben.context().close()])
})

test('whoever could not be asked is named, whoever is gone can be left out, and a used-up quota says when there is more', async () => {
  const cleo = await product().newPerson({ viewport: { width: 834, height: 1112 }, colorScheme: 'light' })
  // Somebody who was there when the list was read and is not any more.
  await cleo.route('**/api/v1/qa/prospects?*', async (route) => {
    const response = await route.fetch()
    const list = (await response.json()) as { prospects: object[] }
    list.prospects.unshift({ lead_id: 'LEAD-GONE', full_name: 'Gone Away', lead_classification: 'cold' })
    await route.fulfill({ response, json: list })
  })
  await logInAsAdmin(cleo, 'cleo@acme.example')
  await cleo.getByRole('link', { name: 'Q&A' }).click()
  await cleo.getByRole('heading', { name: 'Sessions' }).waitFor()
  await picture(cleo, 'qa-tablet-history')
  const form = builder(cleo)
  const turnTo = (words: string) => cleo.locator('label', { hasText: new RegExp(`^${words}$`) }).click()
  await turnTo('Ask')
  for (const name of ['Gone Away', 'Priya Raman', 'Nadia Farouk', 'Lin Xiaoyu']) {
    await form.getByRole('checkbox', { name: new RegExp(name) }).check()
  }
  const words = 'What would you tell a friend? without Priya Raman'
  await question(cleo).fill(words)
  await form.getByRole('button', { name: 'Ask 4 prospects' }).click()
  await form.getByText('Not there any more: LEAD-GONE.').waitFor()
  await picture(cleo, 'qa-tablet-refused')
  expect(await accessibilityFaults(cleo)).toEqual([])
  await form.getByRole('button', { name: 'Leave them out' }).click()
  await ask(cleo, words)
  await cleo.getByText('2 of 3 answered · 1 could not be asked').waitFor(SOON)
  await cleo.getByRole('tab', { name: 'Summary is ready' }).waitFor(SOON)
  await cleo.getByText('1 person could not be asked').click()
  await cleo.getByText('Priya Raman: the model would not answer').waitFor()
  await picture(cleo, 'qa-tablet-session')
  expect(await accessibilityFaults(cleo)).toEqual([])

  for (let asked = 1; asked <= QUESTIONS_A_DAY; asked += 1) {
    await turnTo('Ask')
    await form.getByRole('checkbox', { name: /Nadia Farouk/ }).check()
    await question(cleo).fill(`What else? ${asked}`)
    await form.getByRole('button', { name: 'Ask 1 prospect', exact: true }).click()
    if (asked < QUESTIONS_A_DAY) await cleo.getByRole('heading', { name: `What else? ${asked}` }).waitFor()
  }
  await form.getByText(/You have asked 5 of your 5 questions for today\. There is more .*, in /).waitFor()
  // Nothing of what was written is lost.
  await expect.poll(() => question(cleo).inputValue()).toBe(`What else? ${QUESTIONS_A_DAY}`)
  await cleo.context().close()
})

test('a manager imports prospects: checked first, row by row, then taken', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openQa(ava)
  await ava.getByRole('button', { name: 'Import' }).click()
  const dialog = ava.getByRole('dialog')
  const file = dialog.locator('input[type="file"]')
  await file.setInputFiles({ name: 'people.xlsx', mimeType: 'application/x', buffer: Buffer.from('x') })
  await dialog.getByText('This is neither a CSV nor a JSON file.').waitFor()
  const rows = [
    'lead_id,full_name,lead_classification,statement',
    'LEAD-2001,Jo Park,cold,"I read everything twice."',
    'LEAD-2002,Kim Vega,boiling,"I sign nothing."',
  ]
  await file.setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) })
  await dialog
    .getByText('would be 1 new, 0 replaced, 1 row with a problem left out. Nothing is changed yet.')
    .waitFor()
  const problem = dialog.getByRole('row').filter({ hasText: 'LEAD-2002' })
  expect(await problem.getByRole('cell').allTextContents()).toEqual([
    '2',
    'LEAD-2002',
    'lead_classification is “boiling”: write hot, warm, cold, or leave it empty.',
  ])
  // All of it is there to be seen.
  const [box, table] = await Promise.all([dialog.boundingBox(), dialog.getByRole('table').boundingBox()])
  expect((table?.x ?? 0) + (table?.width ?? 0)).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0))
  await picture(ava, 'qa-import')
  expect(await accessibilityFaults(ava)).toEqual([])
  await dialog.getByRole('button', { name: 'Import 1 prospect' }).click()
  await dialog.getByText(/^1 new, 0 replaced/).waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await builder(ava).getByLabel('Search prospects').fill('jo park')
  await builder(ava)
    .getByRole('checkbox', { name: /Jo Park/ })
    .waitFor()
  await ava.context().close()
})
