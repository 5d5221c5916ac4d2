import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type CrowdCall, placeCalls, placeMessages } from './crowd.ts'
import { readFrames, watchFrames, watchSettling } from './frames.ts'
import { accessibilityFaults, logInAsAdmin, picture } from './people.ts'
import { useProduct } from './product.ts'

const CALL: CrowdCall = { id: 'read', urgency: 'LOW', last: 'user', age: 900, silent: 60, voice: 0 }
const product = useProduct({}, async (app) => {
  await placeCalls(app, [{ ...CALL, adminId: 'admin_cleo' }])
  await placeMessages(app, CALL.id, 80)
})
/** A summary of what has come may need more room there. */
const DETAILS = '[aria-label="Details of the call"]'
const SOON = { timeout: 10_000 }
const log = (page: Page) => page.getByRole('log')
const node = () => product().database.ref('active_calls/call_read')

/** Writes as the worker's device does, whose clock is right. */
async function say(id: string, content: string): Promise<void> {
  await product().database.ref(`active_conversations/conv_read/messages/msg_${id}`).set({
    role: 'user',
    content,
    timestamp: new Date().toISOString(),
    received_at: Date.now(),
    sender_id: 'worker_crowd_0',
    sources: '',
  })
}

async function open(email: string): Promise<Page> {
  const page = await product().newPerson({ viewport: { width: 1280, height: 800 } })
  const settled = watchSettling(page)
  await logInAsAdmin(page, email)
  await page.goto('/console/conversations/conv_read')
  await log(page).getByText('Message 80:').waitFor()
  await settled()
  return page
}

test('what comes while one reads further up is counted, marked and jumped to, and moves nothing', async () => {
  const ava = await open('ava@acme.example')
  const region = ava.getByRole('region', { name: 'Messages' })
  await region.hover()
  const scrolled = watchSettling(ava)
  await ava.mouse.wheel(0, -1_200)
  const inSight = log(ava).getByText('Message 60:')
  await inSight.waitFor()
  await scrolled()
  const before = await inSight.boundingBox()
  await watchFrames(ava, DETAILS)
  await say('new_1', 'I hear somebody')
  await ava.getByRole('button', { name: '1 new' }).waitFor()
  await say('new_2', 'They are above us')
  await ava.getByRole('button', { name: '2 new' }).waitFor()
  expect(await inSight.boundingBox()).toEqual(before)

  // An offer comes, and is taken back.
  const offer = { to: 'admin_ben', by: 'admin_cleo', at: Date.now(), lapses_at: Date.now() + 60_000 }
  await node().child('transfer').set(offer)
  await ava.getByText('Offered to Ben Okafor').waitFor()
  expect(await inSight.boundingBox()).toEqual(before)
  await picture(ava, 'reading-offer')
  await node().child('transfer').remove()
  await ava.getByText('Offered to Ben Okafor').waitFor({ state: 'detached' })
  expect(await inSight.boundingBox()).toEqual(before)
  expect(await readFrames(ava)).toMatchObject({ shift: 0, shifted: [] })
  await picture(ava, 'reading-pill')
  expect(await accessibilityFaults(ava)).toEqual([])

  await ava.getByRole('button', { name: '2 new' }).click()
  await log(ava).getByText('They are above us').waitFor()
  expect(await ava.getByRole('button', { name: '2 new' }).count()).toBe(0)
  await expect.poll(() => log(ava).getByText('New', { exact: true }).count()).toBe(1)
  await picture(ava, 'reading-new-line')
})

test('at the end new messages come into sight by themselves, and nothing jumps', async () => {
  const ava = await open('ava@acme.example')
  await watchFrames(ava, DETAILS)
  for (const n of [3, 4, 5]) {
    await say(`new_${n}`, `Word ${n}`)
    await log(ava).getByText(`Word ${n}`, { exact: true }).waitFor()
  }
  const last = log(ava).getByText('Word 5', { exact: true })
  await expect.poll(async () => ((await last.boundingBox())?.y ?? 9_999) < 760, SOON).toBe(true)
  expect((await readFrames(ava)).shift).toBeLessThan(0.01)
})

test('what the words raise is told apart from what a person decides, with the words that did it', async () => {
  const ava = await open('ava@acme.example')
  await say('raise', 'Help, he is not breathing')
  const note = log(ava).getByText('Raised from Low to Critical by the worker’s words')
  await note.waitFor()
  await expect.poll(() => note.innerText()).toContain('not breathing')
  await ava
    .getByRole('complementary', { name: 'Details of the call' })
    .getByText('The worker’s words raised it to Critical')
    .waitFor()
  await ava.getByRole('navigation', { name: 'Active calls' }).getByText('Help, he is not breathing').waitFor()
  await node().update({
    urgency: 'MEDIUM',
    urgency_changed: { from: 'CRITICAL', by: 'admin_cleo', at: Date.now() + 1_000, reason: 'He breathes' },
  })
  await log(ava).getByText('Cleo Marchetti changed the urgency from Critical to Medium').waitFor()
  await picture(ava, 'urgency-notes')
  expect(await accessibilityFaults(ava)).toEqual([])
})
