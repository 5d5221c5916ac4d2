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
import { useProduct } from './product.ts'

const product = useProduct()
const SOON = { timeout: 20_000 }

test('the summary follows the conversation, leads to its messages, and becomes the hand-over note', async () => {
  const [ava, ravi] = await Promise.all([product().newPerson(), product().newPerson(PHONE)])
  await logInAsAdmin(ava, 'ava@acme.example')
  await signInAsWorker(ravi, specCall.worker_id)
  await openCall(ava, 'Ravi Deshmukh')
  await write(ravi, 'My colleague Meena is trapped under the steel beam and she is bleeding')
  const summary = ava.getByRole('region', { name: 'Summary' })
  await expect.poll(() => summary.textContent(), SOON).toContain('Covers up to #3')
  await expect.poll(() => summary.textContent()).toContain('bleeding')
  await picture(ava, 'summary')
  expect(await accessibilityFaults(ava)).toEqual([])

  await summary.getByRole('button', { name: 'Show message 3' }).first().click()
  await expect
    .poll(() => ava.getByRole('log').getByText('trapped under the steel beam').isVisible(), SOON)
    .toBe(true)

  await ava.getByRole('button', { name: 'Take over' }).click()
  await ava.getByLabel('Your answer').fill('I have called the ambulance. It is on its way.')
  await ava.keyboard.press('Enter')
  await expect.poll(() => summary.textContent(), SOON).toContain('Covers up to #4')
  await expect
    .poll(() => summary.getByRole('list', { name: 'Done' }).textContent())
    .toContain('called the ambulance')

  await ava.getByRole('button', { name: 'End call' }).click()
  await ava.getByRole('button', { name: 'End the call' }).click()
  const note = ava.getByRole('region', { name: 'Hand-over note' })
  await note.waitFor()
  await expect.poll(() => note.textContent(), { timeout: 40_000 }).not.toContain('is being made')
  await expect.poll(() => note.textContent()).toContain('called the ambulance')
  expect(await note.textContent()).not.toContain('Covers up to')
  await picture(ava, 'hand-over-note')
  await ravi.context().close()
})
