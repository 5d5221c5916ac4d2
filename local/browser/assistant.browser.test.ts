import type { Locator } from 'playwright-core'
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

const product = useProduct({ ASSISTANT: 'on' })
/** A small phone, as many are. */
const SMALL_PHONE = { ...PHONE, viewport: { width: 360, height: 640 } }
const SOON = { timeout: 20_000 }

/** Where these words of a text end on the screen, px from its top. */
const endOf = (text: Locator, words: string): Promise<number> =>
  text.evaluate((element, sought) => {
    const { firstChild: node, ownerDocument } = element as unknown as {
      firstChild: { data: string }
      ownerDocument: {
        createRange(): {
          setStart(node: object, at: number): void
          setEnd(node: object, at: number): void
          getBoundingClientRect(): { bottom: number }
        }
      }
    }
    const range = ownerDocument.createRange()
    const at = node.data.indexOf(sought)
    range.setStart(node, at)
    range.setEnd(node, at + sought.length)
    return range.getBoundingClientRect().bottom
  }, words)

async function boxOf(element: Locator) {
  const box = await element.boundingBox()
  if (box === null) throw new Error('it is not on the page')
  return box
}

test('the assistant gives Ravi the steps, and is silent once Ava has taken over', async () => {
  const [ava, ravi] = await Promise.all([product().newPerson(), product().newPerson(SMALL_PHONE)])
  await logInAsAdmin(ava, 'ava@acme.example')
  await signInAsWorker(ravi, specCall.worker_id)
  await openCall(ava, 'Ravi Deshmukh')
  await write(ravi, 'My friend is bleeding from his arm')
  const step = 'Press hard on the wound with a clean cloth or your hand.'
  await ravi.getByText(step).waitFor(SOON)
  const answer = ravi.getByRole('article').filter({ hasText: step })
  await expect.poll(() => answer.textContent()).toContain('Automatic assistant')
  await expect.poll(() => answer.textContent()).toContain('From: Severe bleeding (severe-bleeding v1)')
  // It is longer than the room there is: what has to be done first is what stands on the screen first.
  const messages = ravi.getByRole('region', { name: 'Messages' })
  const room = await boxOf(messages)
  const long = await boxOf(answer)
  expect(long.height).toBeGreaterThan(room.height)
  expect(long.y).toBeGreaterThanOrEqual(room.y)
  expect(await endOf(ravi.getByText(step), step)).toBeLessThan(room.y + room.height)
  await picture(ravi, 'assistant-worker')
  expect(await accessibilityFaults(ravi)).toEqual([])
  await ava.getByRole('log').getByText('Severe bleeding (severe-bleeding v1)').waitFor(SOON)
  await picture(ava, 'assistant-console')
  const more = ravi.getByRole('button', { name: 'More below' })
  await more.click()
  await expect.poll(async () => (await boxOf(answer)).y).toBeLessThan(long.y)
  await messages.evaluate((element) => {
    ;(element as unknown as { scrollTop: number }).scrollTop = 1e6
  })
  await more.waitFor({ state: 'detached' })
  const end = await boxOf(answer)
  expect(end.y + end.height).toBeLessThanOrEqual(room.y + room.height)

  await ava.getByRole('button', { name: 'Take over' }).click()
  await ava.getByLabel('Your answer').waitFor()
  await write(ravi, 'Now there is a fire in the hall')
  await ava.getByRole('log').getByText('Now there is a fire in the hall').waitFor(SOON)
  // The summary is asked for by the same message, a while later than the assistant is.
  const summary = ava.getByRole('region', { name: 'Summary' })
  await expect.poll(() => summary.textContent(), SOON).toContain('Covers up to #5')
  expect(await ravi.getByText('Fire and smoke').count()).toBe(0)
  await ravi.context().close()
  await ava.context().close()
})

test('Ava finds, edits, takes away and restores a procedure; Ben has no link to them', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 800 } })
  await logInAsAdmin(ava, 'ava@acme.example')
  await ava.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Procedures' }).click()
  await ava.getByLabel('Search').fill('snake')
  await ava.getByRole('button', { name: /^Snake bite/ }).click()
  await ava.getByRole('button', { name: 'Edit' }).click()
  await ava.getByLabel('Title').fill('Snakes of our site')
  await ava.getByLabel('I have read this and stand for it').check()
  await picture(ava, 'procedure-editor')
  expect(await accessibilityFaults(ava)).toEqual([])
  await ava.getByRole('button', { name: 'Save' }).click()
  await ava.getByRole('heading', { name: 'Snakes of our site' }).waitFor(SOON)
  await expect.poll(() => ava.getByText('Reviewed by Ava').count()).toBe(1)
  await picture(ava, 'procedures')
  expect(await accessibilityFaults(ava)).toEqual([])

  await ava.getByRole('button', { name: 'Take away' }).click()
  await ava.getByText('Taken away: the assistant does not use it.').waitFor(SOON)
  await ava.getByRole('button', { name: /Version 1/ }).click()
  await ava.getByRole('button', { name: 'Restore version 1' }).click()
  await ava.getByText(/^Version 4\./).waitFor(SOON)
  await ava.getByRole('heading', { name: /^Snake bite/ }).waitFor(SOON)
  await ava.context().close()

  const ben = await product().newPerson()
  await logInAsAdmin(ben, 'ben@acme.example')
  expect(await ben.getByRole('link', { name: 'Procedures' }).count()).toBe(0)
  await ben.context().close()
})
