import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { specCall } from '../cast/cast.ts'
import {
  accessibilityFaults,
  logInAsAdmin,
  openCall,
  PHONE,
  picture,
  signInAsWorker,
  write,
} from './people.ts'
import { openProgram } from './chat-program.ts'
import { useProduct } from './product.ts'

const product = useProduct()
const LATER = { timeout: 60_000 }

test('a message is found with a typo, opened where it stands, and found again after its call was archived', async () => {
  const [ben, ravi] = await Promise.all([product().newPerson(), product().newPerson(PHONE)])
  await logInAsAdmin(ben, 'ben@acme.example')
  await signInAsWorker(ravi, specCall.worker_id)
  await ravi.getByText('Your call has arrived').waitFor()
  await write(ravi, 'The <b>scaffold</b> next to the crane has collapsed, crème brûlée')
  for (let number = 1; number <= 12; number += 1) await write(ravi, `More news, number ${number}`)
  await ravi.getByText('Sent', { exact: true }).nth(12).waitFor()
  await openCall(ben, 'Ravi Deshmukh')
  // In full: with the time beside it, number 1 begins with "number 12" in the evening.
  await ben.getByRole('log').getByText('More news, number 12', { exact: true }).waitFor()

  // From the conversation, by keyboard alone.
  await ben.keyboard.press('/')
  const field = ben.getByRole('searchbox', { name: 'Search messages' })
  await field.waitFor()
  await ben.getByText('Find a message').waitFor()
  await picture(ben, 'search-empty')
  expect(await accessibilityFaults(ben)).toEqual([])
  await ben.keyboard.type('scafold creme')
  const results = ben.getByRole('list', { name: 'Messages found' })
  await results.waitFor()
  expect(await results.locator('mark').allTextContents()).toEqual(['scaffold', 'crème'])
  await results.getByText('The <b>scaffold</b> next').waitFor()
  await ben.getByText('1 message', { exact: true }).waitFor()
  await picture(ben, 'search')
  expect(await accessibilityFaults(ben)).toEqual([])
  await ben.keyboard.press('ArrowDown')
  await ben.keyboard.press('Enter')
  const message = ben.getByRole('log').getByText('next to the crane')
  await expect.poll(() => isInSight(ben, message)).toBe(true)

  await ben.keyboard.press('Control+k')
  await field.fill('helicopter')
  await ben.getByText('Nothing found').waitFor()
  expect(await accessibilityFaults(ben)).toEqual([])

  // Ended and archived.
  await openCallByBack()
  await ben.keyboard.press('t')
  await ben.getByLabel('Your answer').waitFor()
  await ben.getByLabel('Your answer').press('Escape')
  await ben.getByRole('button', { name: 'End call' }).click()
  await ben.getByRole('dialog').getByRole('button', { name: 'End the call' }).click()
  const active = product().database.ref(`active_conversations/${specCall.conversation_id}`)
  await expect.poll(async () => (await active.get()).exists(), LATER).toBe(false)
  await ravi.context().close()

  await ben.goto('/console/search?q=scafold&status=ENDED')
  await results.getByText('Ended call').waitFor()
  await ben.getByRole('link', { name: /next to the crane/ }).click()
  await ben.getByText('This call has ended. Nothing more will come.').waitFor()
  await ben.getByRole('heading', { name: 'Ravi Deshmukh' }).first().waitFor()
  await expect.poll(() => isInSight(ben, message)).toBe(true)
  await picture(ben, 'archived-message')

  async function openCallByBack(): Promise<void> {
    await ben.getByRole('link', { name: 'Calls' }).click()
    await openCall(ben, 'Ravi Deshmukh')
  }
})

test('a message of a chat is found, and leads to where it stands in its chat', async () => {
  const ben = await product().newPerson()
  await logInAsAdmin(ben, 'ben@acme.example')
  const program = await openProgram(product().origin, 'ben@acme.example')
  const message = { content: 'The gantry is booked for Monday', timestamp: '2025-10-03T09:00:00' }
  await program.store({ conversation_id: 'shift-plan', user_id: 'admin_ben', messages: [message] })
  await ben.goto('/console/search?q=gantri')
  const results = ben.getByRole('list', { name: 'Messages found' })
  await results.getByText('shift-plan').waitFor()
  expect(await results.locator('mark').allTextContents()).toEqual(['gantry'])
  await ben.getByRole('searchbox', { name: 'Search messages' }).press('ArrowDown')
  await ben.keyboard.press('Enter')
  await ben.getByRole('heading', { name: 'shift-plan' }).waitFor()
  await ben.getByRole('log').getByText('The gantry is booked').waitFor()
})

test('the history shows a manager what the team has ended, narrows it, and opens it', async () => {
  const [ava, cleo] = await Promise.all([product().newPerson({ colorScheme: 'dark' }), product().newPerson()])
  await logInAsAdmin(ava, 'ava@acme.example')
  await ava.getByRole('link', { name: 'History' }).click()
  const list = ava.getByRole('list', { name: 'Ended calls' })
  await list.getByText('Ravi Deshmukh').waitFor()
  await list.getByText('Ben Okafor').waitFor()
  await ava.getByText('1 ended call', { exact: true }).waitFor()
  await picture(ava, 'history-dark')
  expect(await accessibilityFaults(ava)).toEqual([])
  await ava.getByLabel('Urgency').selectOption('LOW')
  await ava.getByText('No ended call fits the filters').waitFor()
  await ava.getByRole('button', { name: 'Show all' }).click()
  await ava.getByLabel('Dispatcher').selectOption('Ben Okafor')
  await list.getByText('Ravi Deshmukh').waitFor()
  // By keyboard.
  await ava.getByLabel('Dispatcher').blur()
  await ava.keyboard.press('j')
  await ava.keyboard.press('Enter')
  await ava.getByRole('log').getByText('next to the crane').waitFor()
  await ava.getByText('This call has ended. Nothing more will come.').waitFor()

  await logInAsAdmin(cleo, 'cleo@acme.example')
  await cleo.goto('/console/history')
  await cleo.getByText('No call has ended yet').waitFor()
  expect(await accessibilityFaults(cleo)).toEqual([])
  await cleo.goto('/console/search?q=scaffold')
  await cleo.getByText('Nothing found').waitFor()
})

test('a search and a history that cannot be had say so, and can be tried again', async () => {
  const ben = await product().newPerson()
  await logInAsAdmin(ben, 'ben@acme.example')
  await ben.context().setOffline(true)
  await ben.keyboard.press('/')
  await ben.getByRole('searchbox', { name: 'Search messages' }).fill('scaffold')
  await ben.getByText('The search did not work').waitFor()
  await picture(ben, 'search-offline')
  expect(await accessibilityFaults(ben)).toEqual([])
  await ben.getByRole('link', { name: 'History' }).click()
  await ben.getByText('The history cannot be loaded').waitFor()
  expect(await accessibilityFaults(ben)).toEqual([])
  await ben.context().setOffline(false)
  await ben.getByRole('button', { name: 'Try again' }).click()
  await ben.getByRole('list', { name: 'Ended calls' }).waitFor()
})

/** Whether this line of the conversation is within what can be seen of it. */
async function isInSight(page: Page, line: Locator): Promise<boolean> {
  const [box, frame] = await Promise.all([
    line.boundingBox(),
    page.getByRole('region', { name: 'Messages' }).boundingBox(),
  ])
  return box !== null && frame !== null && box.y >= frame.y && box.y + box.height <= frame.y + frame.height
}
