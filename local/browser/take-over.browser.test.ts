import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { specCall } from '../cast/cast.ts'
import {
  accessibilityFaults,
  logInAsAdmin,
  messagesOn,
  openCall,
  PHONE,
  picture,
  signInAsWorker,
} from './people.ts'
import { useProduct } from './product.ts'

const product = useProduct()
const SOON = { timeout: 10_000 }

const takeOver = (page: Page) => page.getByRole('button', { name: 'Take over' })
const field = (page: Page) => page.getByLabel('Your answer')
const focused = (page: Page) => page.locator(':focus').getAttribute('aria-label')
const header = (page: Page) => page.getByRole('article').locator('header')

/** Holds requests to this path back until so many have been made; then all of them go at once. */
async function together(pages: readonly Page[], path: string): Promise<void> {
  const all = Promise.withResolvers<void>()
  let waiting = 0
  for (const page of pages) {
    await page.route(path, async (route) => {
      waiting += 1
      if (waiting === pages.length) all.resolve()
      await all.promise
      await route.continue()
    })
  }
}

test('of two dispatchers who take a call over at once one holds it, and the other is told who', async () => {
  const [ben, cleo] = await Promise.all([product().newPerson(), product().newPerson()])
  const people = [
    { page: ben, name: 'Ben Okafor' },
    { page: cleo, name: 'Cleo Marchetti' },
  ]
  await logInAsAdmin(ben, 'ben@acme.example')
  await logInAsAdmin(cleo, 'cleo@acme.example')
  for (const { page } of people) {
    await openCall(page, 'Ravi Deshmukh')
    await page.getByText('Nobody holds this call. Take it over to answer.').waitFor()
  }
  await picture(ben, 'take-over')
  expect(await accessibilityFaults(ben)).toEqual([])

  await together([ben, cleo], '**/takeover')
  await Promise.all([ben.keyboard.press('t'), takeOver(cleo).click()])
  const fields = async () => Promise.all(people.map(({ page }) => field(page).count()))
  await expect.poll(fields, SOON).toContain(1)
  expect((await fields()).filter((count) => count === 1)).toHaveLength(1)
  const winner = (await field(ben).count()) === 1 ? people[0]! : people[1]!
  const loser = people.find((each) => each !== winner)!
  await loser.page.getByText(`Not taken over. ${winner.name} holds this call.`).waitFor()
  await picture(loser.page, 'take-over-lost')
  expect(await accessibilityFaults(loser.page)).toEqual([])
  expect(await focused(winner.page)).toBe('Your answer')
  await expect.poll(() => header(winner.page).innerText(), SOON).toContain(winner.name)
  await picture(winner.page, 'take-over-won')
  expect(await accessibilityFaults(winner.page)).toEqual([])

  // Handed back, it is everybody's to read again, without a reload.
  await winner.page.getByRole('button', { name: 'Release' }).click()
  await takeOver(loser.page).waitFor()
  await takeOver(winner.page).waitFor()
  expect((await product().database.ref(`active_calls/${specCall.call_id}/takeover`).get()).val()).toBe(1)
  await loser.page.keyboard.press('t')
  await field(loser.page).waitFor()
  await loser.page.getByRole('button', { name: 'Release' }).click()
  await takeOver(loser.page).waitFor()
})

test('the holder answers by keyboard and by phrase, and the worker reads it', async () => {
  const [ava, ravi] = await Promise.all([product().newPerson(), product().newPerson(PHONE)])
  await logInAsAdmin(ava, 'ava@acme.example')
  await signInAsWorker(ravi, specCall.worker_id)
  await ravi.getByText('Your call has arrived').waitFor()
  await openCall(ava, 'Ravi Deshmukh')
  await takeOver(ava).click()
  await ravi.getByText('A dispatcher has taken your call').waitFor()
  await field(ava).waitFor()
  await ava.keyboard.type('Two lines')
  await ava.keyboard.press('Shift+Enter')
  await ava.keyboard.type('of one answer')
  await ava.keyboard.press('Enter')
  await expect.poll(() => messagesOn(ravi), SOON).toContain('Two lines\nof one answer')
  await ava
    .getByText(/^(Sent|Seen)$/)
    .first()
    .waitFor()
  expect((await messagesOn(ava)).filter((text) => text.startsWith('Two lines'))).toHaveLength(1)

  await ava.keyboard.type('/where')
  await ava.getByRole('listbox', { name: 'Phrases' }).waitFor()
  await picture(ava, 'phrases')
  expect(await accessibilityFaults(ava)).toEqual([])
  await ava.keyboard.press('Enter')
  const phrase = await field(ava).inputValue()
  expect(phrase).toContain('Where are you right now?')
  await ava.keyboard.press('Enter')
  await expect.poll(() => messagesOn(ravi), SOON).toContain(phrase)

  await ava.keyboard.type('Half a thought')
  await ava.keyboard.press('Escape')
  await ava.reload()
  await expect.poll(() => field(ava).inputValue(), SOON).toBe('Half a thought')
  await ava.keyboard.press('r')
  expect(await focused(ava)).toBe('Your answer')
  await picture(ava, 'answer')
  await picture(ravi, 'worker-answered')
})

test('an answer whose confirmation was lost stands there once, and one that never went can be sent again', async () => {
  const ava = await product().newPerson()
  await logInAsAdmin(ava, 'ava@acme.example')
  await openCall(ava, 'Ravi Deshmukh')
  await field(ava).waitFor()
  const answer = async (text: string) => {
    await field(ava).fill(text)
    await field(ava).press('Enter')
  }
  const count = async (text: string) => (await messagesOn(ava)).filter((each) => each === text).length

  const stored = Promise.withResolvers<void>()
  await ava.route('**/messages', async (route) => {
    await route.fetch()
    await route.abort()
    stored.resolve()
  })
  await answer('Stay where you are')
  await stored.promise
  await expect.poll(() => ava.getByText('Sending').count(), SOON).toBe(0)
  expect(await count('Stay where you are')).toBe(1)
  await ava.unroute('**/messages')

  await ava.route('**/messages', (route) => route.abort())
  await answer('Help is on its way')
  await answer('Four minutes')
  await ava.getByRole('button', { name: 'Send again' }).waitFor()
  await ava.getByText('Waiting', { exact: true }).waitFor()
  await picture(ava, 'answer-failed')
  expect(await accessibilityFaults(ava)).toEqual([])
  await ava.unroute('**/messages')
  await ava.getByRole('button', { name: 'Send again' }).click()
  await expect.poll(() => ava.getByText(/^(Sent|Seen)$/).count(), SOON).toBe(5)
  await ava.reload()
  await field(ava).waitFor()
  expect((await messagesOn(ava)).slice(-3)).toEqual([
    'Stay where you are',
    'Help is on its way',
    'Four minutes',
  ])
  await ava.getByRole('button', { name: 'Release' }).click()
  await takeOver(ava).waitFor()
})

test('an ended call is ended for both sides, and only after a question that names the worker', async () => {
  const [ben, ravi] = await Promise.all([product().newPerson(), product().newPerson(PHONE)])
  await logInAsAdmin(ben, 'ben@acme.example')
  await signInAsWorker(ravi, specCall.worker_id)
  await ravi.getByText('Your call has arrived').waitFor()
  await openCall(ben, 'Ravi Deshmukh')
  await takeOver(ben).click()
  await field(ben).press('Escape')
  await ben.keyboard.press('e')
  const question = ben.getByRole('dialog', { name: 'End the call with Ravi Deshmukh?' })
  await question.waitFor()
  await picture(ben, 'end-question')
  expect(await accessibilityFaults(ben)).toEqual([])
  await ben.keyboard.press('Escape')
  await question.waitFor({ state: 'hidden' })
  await ben.keyboard.press('e')
  await question.getByRole('button', { name: 'End the call' }).click()
  await ben.getByText('This call has ended. Nothing more will come.').waitFor()
  await ravi.getByText('This call has ended.').waitFor()
  expect(await field(ben).count()).toBe(0)
  await ben.getByText('No active calls').waitFor()
  await picture(ben, 'ended')
  await picture(ravi, 'worker-ended')
  expect(await accessibilityFaults(ben)).toEqual([])
})
