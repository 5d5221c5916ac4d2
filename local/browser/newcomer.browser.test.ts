import { expect, test } from 'vitest'
import {
  accessibilityFaults,
  PHONE,
  logInAsAdmin,
  messagesOn,
  openCall,
  picture,
  signInAsWorker,
  write,
} from './people.ts'
import { useProduct } from './product.ts'

const product = useProduct()

test("an admin sees the waiting call, opens it and reads the worker's and the assistant's words", async () => {
  const ava = await product().newPerson()
  await logInAsAdmin(ava, 'ava@acme.example')
  const board = ava.getByRole('navigation', { name: 'Active calls' })
  await board.getByText('Ravi Deshmukh').waitFor()
  await expect.poll(() => board.innerText()).toContain('Critical')
  await expect.poll(() => board.innerText()).toContain('unassigned')
  await picture(ava, 'board')
  expect(await accessibilityFaults(ava)).toEqual([])

  await openCall(ava, 'Ravi Deshmukh')
  await expect
    .poll(() => messagesOn(ava))
    .toEqual([
      'My friend is falling from a floor, what should I do?',
      'Call for help now. Try to break their fall if safe. Clear the area.',
    ])
  await ava.getByRole('list', { name: 'Sources' }).getByText('OSHA Safety Standards').waitFor()
  await picture(ava, 'conversation')
  expect(await accessibilityFaults(ava)).toEqual([])
})

test("a worker's new call and every message of it appear on an admin's screen", async () => {
  const [ava, meera] = await Promise.all([product().newPerson(), product().newPerson(PHONE)])
  await logInAsAdmin(ava, 'ava@acme.example')
  await signInAsWorker(meera, 'worker_919325590144')
  await meera.getByRole('heading', { name: 'What is happening?' }).waitFor()
  await picture(meera, 'worker-start')
  expect(await accessibilityFaults(meera)).toEqual([])

  await meera.locator('[data-urgency="HIGH"]').click()
  await meera.getByText('Your call has arrived. Write what is happening.').waitFor()
  await openCall(ava, 'Meera Kulkarni')
  const words = [
    'The lift is stuck between floors',
    'दरवाज़ा नहीं खुल रहा 🆘',
    'لا أستطيع التنفس جيدا',
    'w'.repeat(400),
  ]
  for (const text of words) {
    await write(meera, text)
    await expect.poll(() => messagesOn(ava)).toContain(text)
  }
  expect(await messagesOn(ava)).toEqual(words)
  await expect.poll(() => meera.getByText('Sent', { exact: true }).count()).toBe(words.length)
  await picture(meera, 'worker-call')
  await picture(ava, 'conversation-live')
  expect(await accessibilityFaults(meera)).toEqual([])
  expect(await accessibilityFaults(ava)).toEqual([])
})

test("another company's admin sees neither the call nor, by its address, the conversation", async () => {
  const gus = await product().newPerson()
  await logInAsAdmin(gus, 'gus@globex.example')
  await gus.getByText('No active calls').waitFor()
  await gus.goto('/console/conversations/conv_919325590143_20251003_115804')
  await gus.getByRole('alert').waitFor()
  expect(await gus.locator('body').innerText()).not.toContain('falling from a floor')
  await picture(gus, 'denied')
  expect(await accessibilityFaults(gus)).toEqual([])
})

test('a wrong password is refused in plain words, and a good log-in survives a reload', async () => {
  const ben = await product().newPerson()
  await ben.goto('/console')
  await ben.getByLabel('E-mail').fill('ben@acme.example')
  await ben.getByLabel('Password', { exact: true }).fill('not-it')
  await ben.getByRole('button', { name: 'Log in' }).click()
  await ben.getByRole('alert').waitFor()
  await picture(ben, 'login-refused')
  expect(await accessibilityFaults(ben)).toEqual([])

  await logInAsAdmin(ben, 'ben@acme.example')
  await ben.reload()
  await ben.getByRole('navigation', { name: 'Active calls' }).waitFor()
})

test.each(['dark', 'light'] as const)(
  'every screen can be used by everybody in the %s scheme',
  async (colorScheme) => {
    const [ava, tom] = await Promise.all([
      product().newPerson({ colorScheme }),
      product().newPerson({ ...PHONE, colorScheme }),
    ])
    await ava.goto('/console')
    await ava.getByRole('button', { name: 'Log in' }).waitFor()
    await picture(ava, `login-${colorScheme}`)
    expect(await accessibilityFaults(ava)).toEqual([])
    await logInAsAdmin(ava, 'ava@acme.example')
    await openCall(ava, 'Ravi Deshmukh')
    await expect.poll(() => messagesOn(ava)).toHaveLength(2)
    await picture(ava, `console-${colorScheme}`)
    expect(await accessibilityFaults(ava)).toEqual([])

    await tom.goto('/worker')
    await tom.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await accessibilityFaults(tom)).toEqual([])
    await signInAsWorker(tom, 'worker_441632960001')
    await tom.getByRole('heading', { name: 'What is happening?' }).waitFor()
    await picture(tom, `worker-${colorScheme}`)
    expect(await accessibilityFaults(tom)).toEqual([])
  },
)
