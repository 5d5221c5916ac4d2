import { afterEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { DEMO_DURESS_WORD } from '../cast/cast.ts'
import { readFrames, watchFrames } from './frames.ts'
import {
  PHONE,
  accessibilityFaults,
  logInAsAdmin,
  openCall,
  picture,
  signInAsWorker,
  write,
} from './people.ts'
import { useProduct } from './product.ts'

// A call of LOW urgency is asked about soon; the others of the cast never.
const product = useProduct({ SILENCE_SECONDS_LOW: '3', CHECK_ANSWER_SECONDS: '15', SWEEP_SECONDS: '1' })

afterEach(() => product().database.ref().remove())

const MEERA = 'worker_919325590144'

async function meeraCalls(): Promise<{ ava: Page; meera: Page }> {
  const [ava, meera] = await Promise.all([product().newPerson(), product().newPerson(PHONE)])
  await logInAsAdmin(ava, 'ava@acme.example')
  await signInAsWorker(meera, MEERA)
  await meera.locator('[data-urgency="LOW"]').click()
  await meera.getByText('Your call has arrived').waitFor()
  await write(meera, 'Where is the first aid kit?')
  await openCall(ava, 'Meera Kulkarni')
  return { ava, meera }
}
const banner = (page: Page) => page.getByRole('region', { name: 'Alarm' })
const alarmCount = async (page: Page) => /⚠ (\d+) open/.exec(await page.title())?.[1] ?? '0'
const isOk = (page: Page) => page.getByRole('button', { name: 'I’m OK' })

test('a silent worker is asked, an alarm follows, and ends with a verdict', async () => {
  const { ava, meera } = await meeraCalls()
  await isOk(meera).waitFor()
  await picture(meera, 'worker-are-you-ok')
  expect(await accessibilityFaults(meera)).toEqual([])
  await ava.getByText('Asked “Are you OK?”').waitFor()

  await banner(ava).getByText('Meera Kulkarni does not answer').waitFor()
  expect(await alarmCount(ava)).toBe('1')
  await expect.poll(() => ava.locator('link[rel="icon"]').getAttribute('href')).toMatch(/^data:image\/svg/)
  // The log-in's own press has let the browser play.
  await banner(ava).getByRole('button', { name: 'Mute for a minute' }).waitFor()
  await picture(ava, 'alarm')
  expect(await accessibilityFaults(ava)).toEqual([])

  await ava.locator('body').click({ position: { x: 5, y: 700 } })
  await ava.keyboard.press('a')
  await banner(ava).getByText('Acknowledged by Ava Lindqvist').waitFor()
  await ava.getByRole('button', { name: 'Take over' }).click()
  await ava.getByRole('button', { name: 'End call' }).click()
  await ava.getByRole('dialog').getByRole('button', { name: 'End the call' }).click()
  await ava.getByText('Give its verdict first').first().waitFor()

  await banner(ava).getByRole('button', { name: 'Give the verdict' }).click()
  const dialog = ava.getByRole('dialog')
  await dialog.getByLabel('The worker is safe').check()
  await dialog.getByRole('textbox').fill('She was looking for the kit')
  await picture(ava, 'alarm-verdict')
  expect(await accessibilityFaults(ava)).toEqual([])
  await dialog.getByRole('button', { name: 'Close the alarm' }).click()
  await banner(ava).waitFor({ state: 'detached' })
  expect(await alarmCount(ava)).toBe('0')

  await ava.getByRole('link', { name: 'Alarms' }).click()
  await ava.getByText('No open alarms').waitFor()
  await ava.getByText('Past', { exact: true }).click()
  await ava.getByText('The worker is safe, said Ava Lindqvist').waitFor()
  await picture(ava, 'alarms-past')
  expect(await accessibilityFaults(ava)).toEqual([])
})

test('a worker who answers, from a phone that was offline meanwhile, raises no alarm', async () => {
  const { ava, meera } = await meeraCalls()
  await isOk(meera).waitFor()
  await meera.context().setOffline(true)
  await isOk(meera).click()
  await meera.getByText('waits on this phone until you are back online').waitFor()
  await meera.context().setOffline(false)
  await meera.getByText('Your dispatcher has it').waitFor()
  // Asked again after the next silence: the first one is settled.
  await isOk(meera).waitFor()
  expect(await alarmCount(ava)).toBe('0')
  await isOk(meera).click()
})

test(
  'an alarm moves nothing on the page, nor takes the focus',
  { timeout: 180_000 },
  async ({ annotate }) => {
    const [ava, tablet, meera] = await Promise.all([
      product().newPerson({ viewport: { width: 1280, height: 800 } }),
      product().newPerson({ viewport: { width: 820, height: 1180 }, colorScheme: 'dark' }),
      product().newPerson(PHONE),
    ])
    const consoles = { desk: ava, tablet }
    for (const page of Object.values(consoles)) await logInAsAdmin(page, 'ava@acme.example')
    await signInAsWorker(meera, MEERA)
    await meera.locator('[data-urgency="LOW"]').click()
    await meera.getByText('Your call has arrived').waitFor()
    await write(meera, 'Where is the first aid kit?')
    await openCall(ava, 'Meera Kulkarni')
    await openCall(tablet, 'Meera Kulkarni')
    await ava.getByRole('button', { name: 'Take over' }).click()
    const answers = Object.values(consoles).map((page) => page.getByLabel('Your answer'))
    for (const answer of answers) {
      await answer.fill('I am looking')
      await answer.focus()
    }
    const places = () => Promise.all(Object.values(consoles).map(placesOf))
    await expect.poll(async () => (await places()).flat()).not.toContain(null)
    const before = await places()
    for (const page of Object.values(consoles)) await watchFrames(page)

    const sees = (words: string) =>
      Promise.all(Object.values(consoles).map((page) => banner(page).getByText(words).waitFor()))
    await sees('Meera Kulkarni does not answer')
    expect(await places()).toEqual(before)
    for (const [at, answer] of answers.entries()) {
      await Object.values(consoles)[at]?.keyboard.type('!')
      await expect.poll(() => answer.inputValue()).toBe('I am looking!')
    }
    for (const [name, page] of Object.entries(consoles)) await picture(page, `alarm-${name}`)
    expect(await accessibilityFaults(tablet)).toEqual([])
    // By keyboard alone: it is acknowledged, and the same place then asks for the verdict.
    const acknowledge = banner(ava).getByRole('button', { name: 'Acknowledge' })
    await acknowledge.focus()
    await ava.keyboard.press('Enter')
    await sees('Acknowledged by Ava Lindqvist')
    expect(await places()).toEqual(before)
    await expect.poll(() => ava.locator(':focus').innerText()).toBe('Give the verdict')
    for (const [name, page] of Object.entries(consoles)) await picture(page, `alarm-acknowledged-${name}`)
    await ava.keyboard.press('Enter')
    await ava.getByRole('dialog').getByLabel('Drill').check()
    await ava.getByRole('dialog').getByRole('button', { name: 'Close the alarm' }).click()
    for (const page of Object.values(consoles)) await banner(page).waitFor({ state: 'detached' })
    expect(await places()).toEqual(before)
    for (const [name, page] of Object.entries(consoles)) {
      const { shift } = await readFrames(page)
      await annotate(`layout shift while an alarm came and went, ${name}: ${shift}`)
      // Clocks that grow by a digit, and what is told of the alarm far below; the page that moved would be a tenth.
      expect(shift).toBeLessThan(0.01)
    }
  },
)

/** Where stand what a dispatcher reads and presses. */
const placesOf = (page: Page) =>
  Promise.all(
    [
      page.getByRole('navigation', { name: 'Active calls' }),
      page.locator('[data-row]').filter({ hasText: 'Meera Kulkarni' }),
      page.getByRole('log'),
      page.getByRole('button', { name: 'End call' }),
      page.getByLabel('Your answer'),
    ].map((element) => element.boundingBox()),
  )

/** Ends whatever alarm is on top. */
async function close(page: Page): Promise<void> {
  await banner(page).getByRole('button', { name: 'Acknowledge' }).click()
  await banner(page).getByRole('button', { name: 'Give the verdict' }).click()
  await page.getByRole('dialog').getByLabel('Drill').check()
  await page.getByRole('dialog').getByRole('button', { name: 'Close the alarm' }).click()
  await banner(page).waitFor({ state: 'detached' })
}

/** All that can be seen on a phone, without the times. */
const screenOf = async (page: Page): Promise<string> =>
  (await page.locator('body').innerText()).replaceAll(/\d{1,2}:\d{2}( [AP]M)?/g, '')

test('the duress word with "I’m OK" looks like any answer, and puts the call on top with an alarm', async () => {
  const { ava, meera } = await meeraCalls()
  await isOk(meera).waitFor()
  await isOk(meera).click()
  await meera.getByText('Your dispatcher has it').waitFor()
  const ordinary = await screenOf(meera)

  await isOk(meera).waitFor()
  await meera.getByLabel('Add a word (optional)').fill('Sunflower')
  await isOk(meera).click()
  await meera.getByText('Your dispatcher has it').waitFor()
  await expect.poll(() => screenOf(meera)).toBe(ordinary)

  await banner(ava).getByText('Duress: Meera Kulkarni is under duress').waitFor()
  await banner(ava).getByText('Do not call back aloud').waitFor()
  const top = ava.locator('[data-row]').first()
  await expect.poll(() => top.innerText()).toContain('Meera Kulkarni')
  await expect.poll(() => top.innerText()).toContain('Duress: do not call back aloud')
  await expect.poll(() => top.innerText()).toContain('Critical')
  await picture(ava, 'duress')
  expect(await accessibilityFaults(ava)).toEqual([])
  await expect.poll(() => screenOf(meera)).toBe(ordinary)
  await meera.reload()
  await meera.getByText('Where is the first aid kit?').waitFor()
  const after = await screenOf(meera)
  expect(after).toContain('Low')
  expect(after).not.toContain('Critical')
  await close(ava)
})

test('the duress word at the end of a call looks like the end, and the call goes on', async () => {
  const { ava, meera } = await meeraCalls()
  const end = async (word: string) => {
    await meera.getByRole('button', { name: 'End call' }).click()
    const dialog = meera.getByRole('dialog')
    await dialog.getByLabel('Add a word (optional)').fill(word)
    await dialog.getByRole('button', { name: 'End the call' }).click()
    await meera.getByText('This call has ended.').waitFor()
  }
  await end(DEMO_DURESS_WORD)
  const screen = await screenOf(meera)
  await picture(meera, 'worker-duress-end')
  await banner(ava).getByText('Duress: Meera Kulkarni is under duress').waitFor()
  await ava.getByRole('button', { name: 'Take over' }).click()
  await ava.getByLabel('Your answer').fill('We are on our way.')
  await ava.keyboard.press('Enter')
  await ava.getByRole('log').getByText('We are on our way.').waitFor()
  await expect.poll(() => screenOf(meera)).toBe(screen)
  await meera.reload()
  await meera.getByText('This call has ended.').waitFor()
  await expect.poll(() => screenOf(meera)).toBe(screen)
})
