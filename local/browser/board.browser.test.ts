import type { Page } from 'playwright-core'
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
const SOON = { timeout: 15_000 }

const row = (page: Page) =>
  page
    .getByRole('navigation', { name: 'Active calls' })
    .locator('[data-row]')
    .filter({ hasText: 'Ravi Deshmukh' })
/** What both boards say of Ravi's call. */
const rowsSay = (pages: readonly Page[]) => Promise.all(pages.map((page) => row(page).innerText()))

async function expectUnread(pages: readonly Page[], count: string | null): Promise<void> {
  await expect
    .poll(async () => (await rowsSay(pages)).map((text) => /(\d+)\s+unread/.exec(text)?.[1] ?? null), SOON)
    .toEqual(pages.map(() => count))
}

test(
  'two boards count what nobody has read, fall together when one reads, and know it after a restart',
  { timeout: 180_000 },
  async () => {
    const [ava, ben, ravi] = await Promise.all([
      product().newPerson({ viewport: { width: 1280, height: 800 } }),
      product().newPerson({ viewport: { width: 820, height: 1180 }, colorScheme: 'dark' }),
      product().newPerson(PHONE),
    ])
    const both = [ava, ben]
    await logInAsAdmin(ava, 'ava@acme.example')
    await logInAsAdmin(ben, 'ben@acme.example')
    await signInAsWorker(ravi, specCall.worker_id)
    await ravi.getByText('Your call has arrived').waitFor()
    // What he began the call with; the other message is the assistant's.
    await expectUnread(both, '1')
    await write(ravi, 'My arm is stuck in the press')
    await write(ravi, 'It does not bleed')
    await expectUnread(both, '3')

    // What the assistant answers is not taken for Ravi's words.
    await product()
      .database.ref(`active_conversations/${specCall.conversation_id}/messages/msg_assistant`)
      .set({
        role: 'assistant',
        content: 'Do not pull. Switch the machine off if you can.',
        timestamp: new Date().toISOString(),
        received_at: Date.now(),
        sender_id: 'assistant',
        sources: '',
      })
    for (const page of both) {
      await row(page).getByText('Assistant answered').waitFor(SOON)
      await expect.poll(() => row(page).innerText()).toContain('It does not bleed')
      expect(await row(page).innerText()).not.toContain('Do not pull')
    }
    const height = (await row(ava).boundingBox())?.height

    await ravi.getByLabel('Your message').pressSequentially('Please')
    for (const page of both) await row(page).getByText('writing').waitFor(SOON)
    expect((await row(ava).boundingBox())?.height).toBe(height)
    await picture(ava, 'board-writing')
    await picture(ben, 'board-writing-tablet-dark')
    for (const page of both) expect(await accessibilityFaults(page)).toEqual([])
    await ravi.getByLabel('Your message').fill('')
    for (const page of both)
      await row(page)
        .getByText('writing')
        .waitFor({ state: 'detached', ...SOON })

    // Ben only watches: his team knows that it was read, and Ravi must not.
    await openCall(ben, 'Ravi Deshmukh')
    await expectUnread([ava], null)
    await picture(ava, 'board-read')
    expect(await ravi.getByText('Seen', { exact: true }).count()).toBe(0)
    await ben.goto('/console')
    await row(ben).waitFor()
    await expectUnread(both, null)

    await write(ravi, 'It bleeds now')
    await expectUnread(both, '1')
    await product().killGateway()
    await product().startGateway()
    await ava.reload()
    await ava.getByText('Live', { exact: true }).first().waitFor({ timeout: 30_000 })
    await ben.getByText('Live', { exact: true }).first().waitFor({ timeout: 60_000 })
    await expectUnread(both, '1')

    // Whoever holds the call reads for all, and Ravi may know.
    await openCall(ava, 'Ravi Deshmukh')
    await ava.getByRole('button', { name: 'Take over' }).click()
    await ravi.getByText('Seen', { exact: true }).first().waitFor(SOON)
    await expectUnread([ava], null)
    await ava.getByLabel('Your answer').fill('We are with you in two minutes')
    await ava.keyboard.press('Enter')
    await row(ava).getByText('Answered', { exact: true }).waitFor(SOON)
    await expect.poll(() => row(ava).innerText()).toContain('It bleeds now')
  },
)

test('a word of typing that is never taken back lapses on the board by itself', async () => {
  const [ava, ravi] = await Promise.all([product().newPerson(), product().newPerson(PHONE)])
  await logInAsAdmin(ava, 'ava@acme.example')
  await signInAsWorker(ravi, specCall.worker_id)
  await ravi.getByText('A dispatcher has taken your call').waitFor()
  await ravi.getByLabel('Your message').pressSequentially('It')
  await row(ava).getByText('writing').waitFor(SOON)
  await ravi.context().close()
  await row(ava)
    .getByText('writing')
    .waitFor({ state: 'detached', ...SOON })
  // What stood there before stands there again.
  await expect.poll(() => row(ava).innerText()).toContain('Answered')
})
