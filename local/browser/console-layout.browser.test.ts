import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { specCall } from '../cast/cast.ts'
import { accessibilityFaults, logInAsAdmin, openCall, picture } from './people.ts'
import { useProduct } from './product.ts'

const product = useProduct()

const details = (page: Page) => page.getByRole('complementary', { name: 'Details of the call' })
const isWide = (page: Page) => page.locator('html').evaluate((root) => root.scrollWidth > root.clientWidth)

test.each([
  ['wide', 1280, 800, 'light'],
  ['wide-dark', 1280, 800, 'dark'],
  ['tablet', 1024, 768, 'light'],
  ['tablet-dark', 1024, 768, 'dark'],
  ['upright', 820, 1180, 'light'],
  ['phone', 390, 844, 'dark'],
] as const)(
  'the console stands on a %s screen of %i × %i in %s',
  async (name, width, height, colorScheme) => {
    const ava = await product().newPerson({ viewport: { width, height }, colorScheme })
    await logInAsAdmin(ava, 'ava@acme.example')
    await picture(ava, `console-${name}-board`)
    await openCall(ava, 'Ravi Deshmukh')
    expect(await isWide(ava)).toBe(false)
    const startsOpen = width >= 1280
    expect(await details(ava).isVisible()).toBe(startsOpen)
    if (!startsOpen) await ava.keyboard.press('d')
    await details(ava).waitFor()
    await details(ava).getByRole('heading', { name: 'Worker' }).waitFor()
    await details(ava).evaluate(async (pane) => {
      const animations = (
        pane as unknown as { getAnimations(): { finished: Promise<unknown> }[] }
      ).getAnimations()
      await Promise.all(animations.map(({ finished }) => finished))
    })
    await picture(ava, `console-${name}-details`)
    expect(await accessibilityFaults(ava)).toEqual([])
    expect(await isWide(ava)).toBe(false)
    await ava.context().close()
  },
)

test('the details go and come by keyboard, and stay as they were left', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 800 } })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openCall(ava, 'Ravi Deshmukh')
  await details(ava).waitFor()
  await ava.keyboard.press('d')
  await details(ava).waitFor({ state: 'hidden' })
  await ava.reload()
  await ava.getByRole('log').waitFor()
  expect(await details(ava).isVisible()).toBe(false)

  await ava.setViewportSize({ width: 1024, height: 768 })
  // Nothing shows when a page has noticed its new size; a fresh one knows it.
  await ava.reload()
  await ava.getByRole('log').waitFor()
  await ava.keyboard.press('d')
  await details(ava).waitFor()
  await details(ava).getByRole('button', { name: 'Close the details' }).focus()
  await ava.keyboard.press('Escape')
  await details(ava).waitFor({ state: 'hidden' })
  await expect.poll(() => ava.locator(':focus').getAttribute('aria-label')).toBe('Details')
})

test('the details say why a call is urgent, and lead to the message', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 800 } })
  const conversation = product().database.ref(`active_conversations/${specCall.conversation_id}/messages`)
  const ids = Object.keys((await conversation.get()).val() as object)
  const messageId = ids[0] ?? ''
  await product()
    .database.ref(`active_calls/${specCall.call_id}`)
    .update({
      urgency_floor: {
        urgency: 'CRITICAL',
        message_id: messageId,
        at: Date.now() - 60_000,
        cues: [{ text: 'trapped', start: 0, end: 7, urgency: 'CRITICAL' }],
        model: 'judge-7b',
      },
      urgency_changed: { from: 'HIGH', by: 'admin_ben', at: Date.now(), reason: 'He can move again.' },
    })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openCall(ava, 'Ravi Deshmukh')
  await details(ava).getByText('critical urgency, as the language model judge-7b read them').waitFor()
  await details(ava).getByText('trapped').waitFor()
  await details(ava).getByText('Ben Okafor changed it from High').waitFor()
  await picture(ava, 'urgency-why')
  expect(await accessibilityFaults(ava)).toEqual([])
  await details(ava)
    .getByRole('button', { name: /Show the message/ })
    .click()
  await ava.locator(`[data-message-id="${messageId}"]`).waitFor()
})
