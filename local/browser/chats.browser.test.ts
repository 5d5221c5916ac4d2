import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { openProgram } from './chat-program.ts'
import { placeCalls } from './crowd.ts'
import { accessibilityFaults, logInAsAdmin, picture } from './people.ts'
import { useProduct } from './product.ts'

/** Chats (spec 2) in the console: found, listed, read by pages, summarized; and who has read them. */

const product = useProduct({}, async (app) => {
  await placeCalls(app, [
    { id: 'smoke', urgency: 'HIGH', last: 'user', age: 300, silent: 65, voice: 0 },
    { id: 'beam', urgency: 'MEDIUM', last: 'user', age: 900, silent: 300, voice: 2 },
  ])
})
const SOON = { timeout: 20_000 }
const LONG = 'tower-b-handover-2025-10'
const MIXED = `site-log-${'unbroken'.repeat(14)}`

const minute = (n: number) => new Date(Date.UTC(2025, 9, 3, 8, n)).toISOString()
const SAID = [
  ['worker_crowd_2', 'पाइप फट गया है, तीसरी मंज़िल पर पानी बहुत गरम है। कृपया वाल्व बंद करें।'],
  ['worker_crowd_1', 'نحن على السقالة، والدخان يقترب منا من الطابق الثاني'],
  ['admin_ben', 'Please send Meena to close the valve on the third floor before noon.'],
  ['site-bot-7f3a', `Pneumono${'ultramicroscopicsilicovolcanoconiosis'.repeat(4)} 👷🏽‍♀️🚒`],
  ['worker_crowd_0', 'Smoke again near the crane. The gantry inspection must be finished by Friday!'],
  ['admin_ben', 'Thank you, I will call the fire brigade and book the crane driver for Monday.'],
] as const

beforeAll(async () => {
  const ben = await openProgram(product().origin, 'ben@acme.example')
  for (let from = 0; from < 300; from += 100) {
    await ben.store({
      conversation_id: LONG,
      user_id: from === 100 ? 'worker_crowd_0' : 'admin_ben',
      messages: Array.from({ length: 100 }, (_, at) => ({
        content: `Entry ${from + at + 1}: ${from + at === 41 ? 'the blue gantry key is with Cleo' : 'nothing to note'}`,
        timestamp: minute(from + at),
      })),
    })
  }
  for (const [n, [user_id, content]] of SAID.entries()) {
    await ben.store({
      conversation_id: MIXED,
      user_id,
      messages: [
        {
          content,
          timestamp: n === 3 ? '2025-10-03T14:03:00' : minute(360 + n),
          ...(n === 3 && { metadata: { channel: 'sms', reading: { celsius: 71.5, floor: 3 } } }),
        },
      ],
    })
  }
})

const log = (page: Page) => page.getByRole('log')
const scroller = (page: Page) => page.getByRole('region', { name: 'Messages' })

/** Whether this line is within what can be seen of the messages. */
async function isInSight(page: Page, line: Locator): Promise<boolean> {
  const [box, frame] = await Promise.all([line.boundingBox(), scroller(page).boundingBox()])
  return box !== null && frame !== null && box.y >= frame.y && box.y + box.height <= frame.y + frame.height
}

async function openFromHistory(page: Page, name: string): Promise<void> {
  await page.goto('/console/history?kind=chats')
  await page.getByRole('list', { name: 'Chats' }).getByText(name).click()
  await page.getByRole('heading', { name }).waitFor()
}

test('a chat is found beside calls, opens at the message, and is read to its beginning and its end', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 800 } })
  await logInAsAdmin(ava, 'ava@acme.example')
  await ava.goto('/console/search?q=smoke')
  const results = ava.getByRole('list', { name: 'Messages found' })
  await results.getByText('Active call').first().waitFor()
  await results.getByText('Active chat').first().waitFor()
  await results.getByText('Lakshmi Nair:').nth(1).waitFor()
  await picture(ava, 'chats-search-both')
  expect(await accessibilityFaults(ava)).toEqual([])

  await ava.getByRole('searchbox', { name: 'Search messages' }).fill('blue gantry key')
  await results.getByText('Entry 42').waitFor()
  await ava.keyboard.press('ArrowDown')
  await ava.keyboard.press('Enter')
  const found = log(ava).getByText('the blue gantry key')
  await expect.poll(() => isInSight(ava, found), SOON).toBe(true)
  // By its address alone.
  await ava.reload()
  await expect.poll(() => isInSight(ava, found), SOON).toBe(true)
  expect(await log(ava).getByText('Entry 300:').count()).toBe(0)

  // Down to the end, page by page, and up to the beginning.
  await scrollUntil(ava, 700, log(ava).getByText('Entry 300:'))
  await scrollUntil(ava, -700, log(ava).getByText('Entry 1:'))
  await log(ava).getByText('Entry 1:').scrollIntoViewIfNeeded()
  const entries = await log(ava).locator('[data-message-id]').allTextContents()
  const numbers = entries.map((text) => Number(/Entry (\d+)/.exec(text)?.[1]))
  expect(numbers).toEqual(numbers.map((_, at) => at + 1))
  await ava.context().close()
})

/** Scrolls by so many pixels a step, and waits for what comes, until this line is drawn. */
async function scrollUntil(page: Page, by: number, line: Locator): Promise<void> {
  await expect
    .poll(async () => {
      await scroller(page).evaluate((element, step) => {
        ;(element as unknown as { scrollTop: number }).scrollTop += step
      }, by)
      return line.count()
    }, SOON)
    .toBe(1)
}

test('what is written meanwhile appears, and a summary is asked for, leads to its messages and is brought up to date', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 800 } })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openFromHistory(ava, MIXED)
  await log(ava).getByText('book the crane driver').waitFor()
  await log(ava).getByText('Ben Okafor').first().waitFor()
  await log(ava).getByText('2 further facts').click()
  await log(ava).getByText('71.5').waitFor()
  const summary = ava.getByRole('region', { name: 'Summary' })
  await summary.getByText('Nobody has asked for this summary yet.').waitFor()
  await summary.getByRole('button', { name: 'Summarize' }).click()
  await summary.getByText('Made by plain methods, without a model').waitFor(SOON)
  await summary.getByText('Covers up to #6').waitFor()
  await summary.getByRole('list', { name: 'Spoken of' }).waitFor()
  const cite = summary.getByRole('list', { name: 'Next actions' }).getByRole('button').first()
  const number = Number(await cite.textContent())
  await cite.click()
  const cited = log(ava).locator(`[data-message-id="msg_000000000${number - 1}"]`)
  await expect.poll(() => isInSight(ava, cited), SOON).toBe(true)

  const ben = await openProgram(product().origin, 'ben@acme.example')
  await ben.store({
    conversation_id: MIXED,
    user_id: 'admin_ben',
    messages: [{ content: 'The valve is closed.', timestamp: minute(380) }],
  })
  await log(ava).getByText('The valve is closed.').waitFor(SOON)
  await summary.getByText('1 newer').waitFor()
  await summary.getByRole('button', { name: 'Bring it up to date' }).click()
  await summary.getByText('Covers up to #7').waitFor(SOON)
  // She has read it, and the log says so once.
  await ava.getByRole('region', { name: 'Who has opened this' }).getByText('Ava').waitFor(SOON)
  await ava.getByRole('link', { name: 'Everything in the audit log' }).click()
  const entries = ava.getByRole('list', { name: 'Entries, latest first' })
  await entries.getByText('read a summary').waitFor()
  expect(await entries.getByText('read a conversation').count()).toBe(1)
  await ava
    .getByRole('link', { name: /^chat_/ })
    .first()
    .click()
  await ava.getByRole('heading', { name: MIXED }).waitFor()
  await ava.context().close()
})

const isAboutChat = ({ pathname }: URL): boolean => pathname.startsWith('/chats/chat_')
const isPage = (url: URL): boolean => isAboutChat(url) && url.searchParams.get('limit') === '100'

test('a chat that cannot be had says why, and comes when it can', async () => {
  const gus = await product().newPerson()
  const ben = await product().newPerson()
  await logInAsAdmin(ben, 'ben@acme.example')
  await openFromHistory(ben, LONG)
  await log(ben).getByText('Entry 300:').waitFor()
  const address = ben.url()
  // Another company's, and one that is none, alike.
  await logInAsAdmin(gus, 'gus@globex.example')
  for (const url of [address, `/console/chats/chat_${'x'.repeat(32)}`]) {
    await gus.goto(url)
    await gus.getByText('There is no such chat').waitFor()
  }
  await picture(gus, 'chats-unknown')
  expect(await accessibilityFaults(gus)).toEqual([])
  await gus.getByRole('link', { name: 'All chats' }).click()
  await gus.getByText('There is no chat yet').waitFor()

  // The server's answers go missing: first those about the chat, then those with its messages.
  await ben.route(isAboutChat, (route) => route.abort())
  await ben.reload()
  await ben.getByText('The chat cannot be loaded').waitFor()
  await picture(ben, 'chats-offline')
  expect(await accessibilityFaults(ben)).toEqual([])
  await ben.unroute(isAboutChat)
  await ben.route(isPage, (route) => route.abort())
  await ben.getByRole('button', { name: 'Try again' }).click()
  await ben.getByText('Messages that belong here could not be loaded').first().waitFor()
  expect(await accessibilityFaults(ben)).toEqual([])
  await ben.unroute(isPage)
  await ben.getByRole('log').getByRole('button', { name: 'Try again' }).last().click()
  await log(ben).getByText('Entry 300:').waitFor()
  await Promise.all([gus.context().close(), ben.context().close()])
})

const isWide = (page: Page) => page.locator('html').evaluate((root) => root.scrollWidth > root.clientWidth)

test.each([
  [1280, 800, 'light'],
  [1280, 800, 'dark'],
  [1024, 768, 'light'],
  [390, 844, 'light'],
  [390, 844, 'dark'],
] as const)('chats stand at %i × %i in %s', async (width, height, colorScheme) => {
  const ava = await product().newPerson({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' })
  await logInAsAdmin(ava, 'ava@acme.example')
  const look = async (name: string) => {
    await picture(ava, `chats-${width}-${colorScheme}-${name}`)
    expect.soft(await accessibilityFaults(ava), name).toEqual([])
    expect.soft(await isWide(ava), `${name} is wider than the screen`).toBe(false)
  }
  await ava.goto('/console/search?q=smoke')
  await ava.getByRole('list', { name: 'Messages found' }).getByText('Active chat').first().waitFor()
  await look('search')
  await ava.goto('/console/history?kind=chats')
  const list = ava.getByRole('list', { name: 'Chats' })
  await list.getByText(LONG).waitFor()
  await look('list')
  await list.getByText(MIXED).click()
  await log(ava).getByText('book the crane driver').waitFor()
  await log(ava).getByText('Lakshmi Nair').first().waitFor()
  await look('chat')
  if (width < 1280) {
    await ava.getByRole('button', { name: 'Details', exact: true }).click()
    await ava.getByRole('complementary', { name: 'Details of the chat' }).waitFor()
  }
  const details = ava.getByRole('complementary', { name: 'Details of the chat' })
  await details.getByText('Covers up to').waitFor()
  await look('details')
  await ava.context().close()
})
