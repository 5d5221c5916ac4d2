import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { specCall } from '../cast/cast.ts'
import { accessibilityFaults, logInAsAdmin, openCall, picture } from './people.ts'
import { useProduct } from './product.ts'

const product = useProduct()
const SOON = { timeout: 10_000 }

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const field = (page: Page) => page.getByLabel('Your answer')
const call = () => product().database.ref(`active_calls/${specCall.call_id}`)
const holder = async (): Promise<unknown> => (await call().child('admin_id').get()).val()

async function offerTo(page: Page, name: string): Promise<void> {
  await button(page, 'Transfer').click()
  const dialog = page.getByRole('dialog', { name: 'Offer this call to a colleague' })
  await dialog.getByLabel(name).check()
  await picture(page, 'transfer-to')
  expect(await accessibilityFaults(page)).toEqual([])
  await button(page, 'Offer the call').click()
  await page.getByText(`Offered to ${name}`).waitFor()
}

test('a call is offered to a colleague by name, who declines once and then accepts it', async () => {
  const [ben, cleo] = await Promise.all([product().newPerson(), product().newPerson()])
  await Promise.all([logInAsAdmin(ben, 'ben@acme.example'), logInAsAdmin(cleo, 'cleo@acme.example')])
  await openCall(ben, 'Ravi Deshmukh')
  await ben.getByRole('button', { name: 'Take over' }).click()
  await field(ben).waitFor()
  await cleo.getByText('No active calls').waitFor()

  await offerTo(ben, 'Cleo Marchetti')
  await cleo.getByText('Ben Okafor offers you the call with Ravi Deshmukh').waitFor()
  await picture(cleo, 'offered-banner')
  expect(await accessibilityFaults(cleo)).toEqual([])
  await cleo.getByRole('link', { name: 'Open it' }).click()
  await cleo.getByText('Ben Okafor offers you this call').waitFor()
  await cleo.getByText(/left$/).first().waitFor()
  await picture(cleo, 'offered')
  await picture(ben, 'offering')
  expect(await accessibilityFaults(cleo)).toEqual([])
  expect(await accessibilityFaults(ben)).toEqual([])
  await button(cleo, 'Decline').click()
  await ben.getByText('Cleo Marchetti did not take the call. You still hold it.').waitFor()
  await button(ben, 'All right').click()
  expect(await holder()).toBe('admin_ben')

  // The call comes back to the page that is still open at it.
  await offerTo(ben, 'Cleo Marchetti')
  await button(cleo, 'Accept').click()
  await field(cleo).waitFor()
  expect(await holder()).toBe('admin_cleo')
  // Cleo is no agent of Ben's: the call is out of his sight.
  await ben.getByText('This conversation cannot be shown').waitFor()
})

test('an offer that nobody answers lapses before the eyes of both', async () => {
  const [cleo, ben] = await Promise.all([product().newPerson(), product().newPerson()])
  await Promise.all([logInAsAdmin(cleo, 'cleo@acme.example'), logInAsAdmin(ben, 'ben@acme.example')])
  await openCall(cleo, 'Ravi Deshmukh')
  await offerTo(cleo, 'Ben Okafor')
  await ben.getByRole('link', { name: 'Open it' }).click()
  await button(ben, 'Accept').waitFor()
  // The minute that an offer stands, cut short.
  await call()
    .child('transfer/lapses_at')
    .set(Date.now() + 2_000)
  await cleo.getByText('Ben Okafor did not answer in time. You still hold it.').waitFor()
  await expect.poll(() => button(ben, 'Accept').count(), SOON).toBe(0)
  expect(await holder()).toBe('admin_cleo')
})

test("a manager releases an agent's call, and ends another, after being asked", async () => {
  const [ava, cleo] = await Promise.all([product().newPerson(), product().newPerson()])
  await Promise.all([logInAsAdmin(ava, 'ava@acme.example'), logInAsAdmin(cleo, 'cleo@acme.example')])
  await Promise.all([openCall(ava, 'Ravi Deshmukh'), openCall(cleo, 'Ravi Deshmukh')])
  await ava.getByText('Cleo Marchetti holds this call and answers it.').waitFor()
  await picture(ava, 'manager')
  expect(await accessibilityFaults(ava)).toEqual([])

  await button(ava, 'Release').click()
  const release = ava.getByRole('dialog', { name: 'Release the call with Ravi Deshmukh?' })
  await release.getByText('Cleo Marchetti holds it').waitFor()
  await picture(ava, 'manager-release')
  expect(await accessibilityFaults(ava)).toEqual([])
  await button(ava, 'Release the call').click()
  await cleo.getByText('Nobody holds this call. Take it over to answer.').waitFor()
  expect(await holder()).toBeNull()

  await cleo.getByRole('button', { name: 'Take over' }).click()
  await field(cleo).waitFor()
  await ava.getByRole('button', { name: 'End call' }).click()
  const end = ava.getByRole('dialog', { name: 'End the call with Ravi Deshmukh?' })
  await end.getByText('Cleo Marchetti holds it').waitFor()
  await button(ava, 'End the call').click()
  await cleo.getByText('This call has ended. Nothing more will come.').waitFor()
  await ava.getByText('This call has ended. Nothing more will come.').waitFor()
})
