import { afterEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { DEMO_DURESS_WORD } from '../cast/cast.ts'
import { PHONE, accessibilityFaults, logInAsAdmin, picture, signInAsWorker, write } from './people.ts'
import { useProduct } from './product.ts'

// No sweep comes while these tests run: what happens is done by the functions, at once.
const product = useProduct({ SWEEP_SECONDS: '3600' })

afterEach(() => product().database.ref().remove())

const MEERA = 'worker_919325590144'

async function meeraCalls(): Promise<{ ava: Page; meera: Page }> {
  const [ava, meera] = await Promise.all([product().newPerson(), product().newPerson(PHONE)])
  await logInAsAdmin(ava, 'ava@acme.example')
  await signInAsWorker(meera, MEERA)
  return { ava, meera }
}
async function begin(meera: Page): Promise<void> {
  await meera.locator('[data-urgency="LOW"]').click()
  await meera.getByText('Your call has arrived').waitFor()
}
const banner = (page: Page) => page.getByRole('region', { name: 'Alarm' })
const DURESS = 'Duress: Meera Kulkarni is under duress'

async function close(page: Page): Promise<void> {
  await banner(page).getByRole('button', { name: 'Acknowledge' }).click()
  await banner(page).getByRole('button', { name: 'Give the verdict' }).click()
  await page.getByRole('dialog').getByLabel('Drill').check()
  await page.getByRole('dialog').getByRole('button', { name: 'Close the alarm' }).click()
  await banner(page).waitFor({ state: 'detached' })
}

test('the duress word typed as a message warns in silence, and a page that was loaded anew says that it makes no sound', async () => {
  const { ava, meera } = await meeraCalls()
  await begin(meera)
  await write(meera, 'All is well here')
  await write(meera, ` ${DEMO_DURESS_WORD.toUpperCase()} `)
  await banner(ava).getByText(DURESS).waitFor()
  const top = ava.locator('[data-row]').first()
  await expect.poll(() => top.innerText()).toMatch(/Meera Kulkarni[^]*Critical|Critical[^]*Meera Kulkarni/)
  expect(await meera.locator('body').innerText()).not.toMatch(/critical|duress|alarm/i)

  // Nobody has pressed anything on the page since, and so the browser lets it make no sound.
  await ava.reload()
  const unlock = banner(ava).getByRole('button', { name: 'Turn the sound on' })
  await unlock.waitFor()
  await picture(ava, 'alarm-sound-off')
  expect(await accessibilityFaults(ava)).toEqual([])
  await unlock.focus()
  await ava.keyboard.press('Space')
  await banner(ava).getByRole('button', { name: 'Mute for a minute' }).waitFor()
  expect(await unlock.count()).toBe(0)

  // The same with the mouse.
  await ava.reload()
  await unlock.click()
  await banner(ava).getByRole('button', { name: 'Mute for a minute' }).waitFor()
  await close(ava)
})

test('a worker sets a duress word of their own, and from then on only that one warns', async () => {
  const { ava, meera } = await meeraCalls()
  await meera.getByRole('button', { name: 'Set your duress word' }).click()
  const dialog = meera.getByRole('dialog', { name: 'Your duress word' })
  const save = dialog.getByRole('button', { name: 'Set the word' })
  await dialog.getByLabel('Word', { exact: true }).fill(' ab ')
  await save.click()
  await dialog.getByText('Take a word of 4 characters or more.').waitFor()
  await dialog.getByLabel('Word', { exact: true }).fill('Marigold')
  expect(await dialog.getByText('Take a word of 4 characters or more.').count()).toBe(0)
  await picture(meera, 'worker-duress-word')
  expect(await accessibilityFaults(meera)).toEqual([])
  await save.click()
  await dialog.getByText('Your word is set. Tell it to nobody.').waitFor()
  expect(await dialog.getByLabel('Word', { exact: true }).inputValue()).toBe('')
  await picture(meera, 'worker-duress-word-set')
  await meera.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await begin(meera)
  await write(meera, DEMO_DURESS_WORD)
  await write(meera, 'marigold')
  await banner(ava).getByText(DURESS).waitFor()
  expect(/⚠ (\d+) open/.exec(await ava.title())?.[1]).toBe('1')
  await close(ava)
  expect(await ava.title()).not.toContain('⚠')
})
