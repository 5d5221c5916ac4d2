import { expect, test } from 'vitest'
import { placeCalls } from './crowd.ts'
import { accessibilityFaults, logInAsAdmin, picture } from './people.ts'
import { useProduct } from './product.ts'

// A critical call that nobody holds raises an alarm, for there is to be something to acknowledge.
const product = useProduct({ UNASSIGNED_SECONDS: '1', SWEEP_SECONDS: '1' }, (app) =>
  placeCalls(
    app,
    [0, 1, 2].map((voice) => ({
      id: `keys_${voice}`,
      urgency: 'LOW' as const,
      last: 'user' as const,
      age: 900,
      silent: 60 - voice,
      voice,
    })),
  ),
)
const SOON = { timeout: 10_000 }

test('a shift needs no mouse: every key that the list names does what it says', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 800 } })
  await logInAsAdmin(ava, 'ava@acme.example')
  const press = (keys: string) => ava.keyboard.press(keys)
  const row = () => ava.locator(':focus').locator('xpath=ancestor::*[@data-row]').getAttribute('data-row')
  const rows = ava.getByRole('navigation', { name: 'Active calls' }).locator('[data-row]')
  await expect.poll(() => rows.count(), SOON).toBe(4)

  await press('?')
  const help = ava.getByRole('dialog', { name: 'Keyboard' })
  const keys = await help.locator('kbd').allTextContents()
  expect([...new Set(keys)].toSorted()).toEqual(
    ['/', '?', 'Ctrl K', 'Enter', 'a', 'd', 'e', 'j', 'k', 'r', 't'].toSorted(),
  )
  await picture(ava, 'keyboard-help')
  expect(await accessibilityFaults(ava)).toEqual([])
  await press('Escape')
  await help.waitFor({ state: 'hidden' })

  // The alarm of the cast's critical call, which nobody holds.
  const alarm = ava.getByRole('region', { name: 'Alarm' })
  await alarm.getByText('waits for a dispatcher').waitFor()
  await press('a')
  await alarm.getByText('Acknowledged by Ava Lindqvist').waitFor()

  const ids = await rows.evaluateAll((all) =>
    all.map((each) => (each as unknown as { dataset: { row: string } }).dataset.row),
  )
  await press('j')
  expect(await row()).toBe(ids[0])
  await press('j')
  await press('j')
  expect(await row()).toBe(ids[2])
  await press('k')
  expect(await row()).toBe(ids[1])
  await press('Enter')
  await ava.getByRole('log').waitFor()

  const details = ava.getByRole('complementary', { name: 'Details of the call' })
  await details.waitFor()
  await press('d')
  await details.waitFor({ state: 'hidden' })
  await press('d')
  await details.waitFor()

  await press('t')
  const answer = ava.getByLabel('Your answer')
  await answer.waitFor()
  await expect.poll(() => ava.locator(':focus').getAttribute('aria-label'), SOON).toBe('Your answer')
  await press('Escape')
  await press('r')
  await expect.poll(() => ava.locator(':focus').getAttribute('aria-label')).toBe('Your answer')
  await press('/')
  await ava.getByRole('listbox', { name: 'Phrases' }).waitFor()
  await press('Escape')
  await press('Backspace')
  await press('Escape')

  await press('e')
  const question = ava.getByRole('dialog', { name: /^End the call/ })
  await question.waitFor()
  await press('Escape')
  await question.waitFor({ state: 'hidden' })

  await press('/')
  await ava.waitForURL('**/console/search')
  await expect.poll(() => ava.locator(':focus').getAttribute('id'), SOON).toBe('search-field')
  // In a field letters are letters.
  await ava.keyboard.type('jet?')
  await expect.poll(() => ava.locator(':focus').inputValue()).toBe('jet?')
})
