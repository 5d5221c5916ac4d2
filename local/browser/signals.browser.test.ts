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
  write,
} from './people.ts'
import { useProduct } from './product.ts'

const product = useProduct()
const SOON = { timeout: 10_000 }

test('who only watches leaves no mark; holder and worker see what the other has seen, and when they write', async () => {
  const [ava, ravi] = await Promise.all([product().newPerson(), product().newPerson(PHONE)])
  await logInAsAdmin(ava, 'ava@acme.example')
  await signInAsWorker(ravi, specCall.worker_id)
  await openCall(ava, 'Ravi Deshmukh')
  await ravi.getByText('Your call has arrived').waitFor()
  await write(ravi, 'He is hanging by the rope')
  await expect.poll(() => messagesOn(ava), SOON).toContain('He is hanging by the rope')
  await ravi.getByText('Sent', { exact: true }).first().waitFor()
  const conversation = product().database.ref(`active_conversations/${specCall.conversation_id}`)
  expect((await conversation.child('seen/admin_ava').get()).exists()).toBe(false)
  expect(await ravi.getByText('Seen', { exact: true }).count()).toBe(0)
  await ava.getByText('Phone last heard').waitFor()

  await ava.getByRole('button', { name: 'Take over' }).click()
  const answer = ava.getByLabel('Your answer')
  await answer.waitFor()
  await expect.poll(() => ravi.getByText('Seen', { exact: true }).count(), SOON).toBe(2)
  await answer.pressSequentially('Do not let go')
  await ravi.getByText('A dispatcher is writing').waitFor()
  await picture(ravi, 'worker-typing')
  await answer.press('Enter')
  await expect.poll(() => messagesOn(ravi), SOON).toContain('Do not let go')
  await expect.poll(() => ava.getByText('Seen', { exact: true }).count(), SOON).toBe(1)
  await expect.poll(() => ravi.getByText('A dispatcher is writing').count(), SOON).toBe(0)

  await ravi.getByLabel('Your message').pressSequentially('I hold him')
  await ava.getByText('Ravi Deshmukh is writing').waitFor()
  await picture(ava, 'typing')
  expect(await accessibilityFaults(ava)).toEqual([])
  expect(await accessibilityFaults(ravi)).toEqual([])
  await ravi.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => ava.getByText('Ravi Deshmukh is writing').count(), SOON).toBe(0)
  // A phone that is left open would see what comes next.
  await ravi.context().close()
})

test('a message that the worker cannot see yet is sent and not seen', async () => {
  const [ava, ravi] = await Promise.all([product().newPerson(), product().newPerson(PHONE)])
  await logInAsAdmin(ava, 'ava@acme.example')
  await signInAsWorker(ravi, specCall.worker_id)
  await openCall(ava, 'Ravi Deshmukh')
  await expect.poll(() => messagesOn(ravi), SOON).toContain('I hold him')
  const seen = () => ava.getByText('Seen', { exact: true }).count()
  await expect.poll(seen, SOON).toBe(1)
  await ravi.context().setOffline(true)
  await ava.getByLabel('Your answer').fill('The lift team is at your floor')
  await ava.keyboard.press('Enter')
  await ava.getByText('Sent', { exact: true }).waitFor()
  expect(await seen()).toBe(1)
  await ravi.context().setOffline(false)
  await expect.poll(seen, { timeout: 60_000 }).toBe(2)
  await ravi.context().close()
})

test('a worker ends the call after a question, and also offline, when the network is back', async () => {
  const [ava, ravi] = await Promise.all([product().newPerson(), product().newPerson(PHONE)])
  await logInAsAdmin(ava, 'ava@acme.example')
  await signInAsWorker(ravi, specCall.worker_id)
  await openCall(ava, 'Ravi Deshmukh')
  await ravi.getByText('A dispatcher has taken your call').waitFor()
  await ravi.getByRole('button', { name: 'End call' }).click()
  await ravi.getByRole('dialog', { name: 'End the call?' }).waitFor()
  await picture(ravi, 'worker-end-question')
  expect(await accessibilityFaults(ravi)).toEqual([])
  await ravi.getByRole('button', { name: 'Keep it open' }).click()

  await ravi.context().setOffline(true)
  await ravi.getByText('Offline: your messages').waitFor()
  await write(ravi, 'He is up, we are safe')
  await ravi.getByRole('button', { name: 'End call' }).click()
  await ravi.getByRole('button', { name: 'End the call' }).click()
  await ravi.getByText('Your call ends as soon as you are back online.').waitFor()
  await picture(ravi, 'worker-ending-offline')
  expect(await ava.getByText('This call has ended.').count()).toBe(0)

  await ravi.context().setOffline(false)
  await ravi.getByText('This call has ended.').waitFor({ timeout: 60_000 })
  await ava.getByText('This call has ended. Nothing more will come.').waitFor()
  expect((await messagesOn(ava)).at(-1)).toBe('He is up, we are safe')
  await ravi.getByRole('button', { name: 'Start a new call' }).click()
  await ravi.getByRole('heading', { name: 'What is happening?' }).waitFor()
})

test('the holder changes the urgency with a reason, and everybody sees it', async () => {
  const [ben, ava, meera] = await Promise.all([
    product().newPerson(),
    product().newPerson({ colorScheme: 'dark' }),
    product().newPerson(PHONE),
  ])
  await logInAsAdmin(ben, 'ben@acme.example')
  await logInAsAdmin(ava, 'ava@acme.example')
  await signInAsWorker(meera, 'worker_919325590144')
  await meera.locator('[data-urgency="LOW"]').click()
  await openCall(ben, 'Meera Kulkarni')
  await openCall(ava, 'Meera Kulkarni')
  await ben.keyboard.press('t')
  await ben.getByRole('button', { name: 'Change urgency' }).click()
  const dialog = ben.getByRole('dialog', { name: 'Change the urgency' })
  await dialog.getByRole('button', { name: 'Change' }).click()
  await dialog.getByText('Say in a few words what has changed.').waitFor()
  await picture(ben, 'urgency')
  expect(await accessibilityFaults(ben)).toEqual([])
  await dialog.getByText('High', { exact: true }).click()
  await dialog.getByLabel('Why?').fill('She cannot stand up any more')
  await dialog.getByRole('button', { name: 'Change' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await ava.getByText('Ben Okafor changed the urgency from Low to High').waitFor()
  const calls = await product().database.ref('active_calls').get()
  const changed = Object.values(calls.val() as Record<string, { urgency_changed?: { reason: string } }>)
  expect(changed.map(({ urgency_changed }) => urgency_changed?.reason)).toContain(
    'She cannot stand up any more',
  )
  await picture(ava, 'watching-dark')
  expect(await accessibilityFaults(ava)).toEqual([])
})
