import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type CrowdCall, placeCalls } from './crowd.ts'
import { accessibilityFaults, logInAsAdmin, picture } from './people.ts'
import { useProduct } from './product.ts'

/** Every screen of a shift with names and words from everywhere, on a desk and on a tablet, in light and dark. */

const minute = 60
const CALLS: CrowdCall[] = [
  { id: 'a', urgency: 'CRITICAL', last: 'user', age: 12 * minute, silent: 65, voice: 4 },
  { id: 'b', urgency: 'HIGH', last: 'user', age: 70 * minute, silent: 300, voice: 1, adminId: 'admin_ava' },
  {
    id: 'c',
    urgency: 'HIGH',
    last: 'admin',
    age: 8 * minute,
    silent: 140,
    voice: 2,
    adminId: 'admin_ben',
    more: {
      transfer: { to: 'admin_ava', by: 'admin_ben', at: Date.now(), lapses_at: Date.now() + 3_600_000 },
    },
  },
  {
    id: 'd',
    urgency: 'MEDIUM',
    last: 'user',
    age: 30 * minute,
    silent: 20 * minute,
    voice: 3,
    adminId: 'admin_cleo',
    more: { silence: { heard_at: Date.now() - 20 * minute * 1_000, asked_at: Date.now() - 5_000 } },
  },
  { id: 'e', urgency: 'LOW', age: 2 * minute, silent: 0, voice: 0 },
]

const product = useProduct({ UNASSIGNED_SECONDS: '600', SWEEP_SECONDS: '1' }, async (app) => {
  await placeCalls(app, CALLS)
})

/** What people say and show in the call that Ava holds. */
async function fillConversation(): Promise<void> {
  const messages = product().database.ref('active_conversations/conv_b/messages')
  const said = [
    ['user', `Unbroken${'andgoingonandon'.repeat(20)}`],
    ['admin', 'Where are you? أين أنت؟'],
    ['user', 'هنا، في الطابق الثالث 👷🏽‍♀️🚒'],
    ['user', 'मैं सीढ़ियों के पास हूँ, धुआँ बढ़ रहा है'],
  ] as const
  const start = Date.now() - 200_000
  for (const [n, [role, content]] of said.entries()) {
    await messages.child(`msg_b_${n}`).set({
      role,
      content,
      timestamp: new Date(start + n * 20_000).toISOString(),
      received_at: start + n * 20_000,
      sender_id: role === 'user' ? 'worker_crowd_1' : 'admin_ava',
      sources: '',
    })
  }
  await messages.child('msg_b_place').set({
    role: 'user',
    content: 'My location',
    timestamp: new Date(start + 90_000).toISOString(),
    received_at: start + 90_000,
    sender_id: 'worker_crowd_1',
    sources: '',
    attachment: {
      kind: 'location',
      latitude: 19.076,
      longitude: 72.8777,
      accuracy_m: 12,
      captured_at: new Date(start + 90_000).toISOString(),
    },
  })
}

const isWide = (page: Page) => page.locator('html').evaluate((root) => root.scrollWidth > root.clientWidth)

test.each([
  [1280, 800, 'light'],
  [1280, 800, 'dark'],
  [1024, 768, 'light'],
  [1024, 768, 'dark'],
  [820, 1180, 'light'],
  [820, 1180, 'dark'],
] as const)(
  'every screen stands at %i × %i in %s',
  { timeout: 240_000 },
  async (width, height, colorScheme) => {
    await fillConversation()
    const ava = await product().newPerson({
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
    })
    await logInAsAdmin(ava, 'ava@acme.example')
    const look = async (name: string) => {
      await picture(ava, `${width}-${colorScheme}-${name}`)
      expect.soft(await accessibilityFaults(ava), name).toEqual([])
      expect.soft(await isWide(ava), `${name} is wider than the screen`).toBe(false)
    }
    await ava.getByRole('navigation', { name: 'Active calls' }).locator('[data-row]').nth(5).waitFor()
    await look('board')
    await ava.goto('/console/conversations/conv_b')
    await ava.getByRole('log').getByText('धुआँ').waitFor()
    await look('conversation')
    if (width < 1280) {
      await ava.keyboard.press('d')
      await ava.getByRole('complementary', { name: 'Details of the call' }).waitFor()
      await look('details')
    }
    await ava.goto('/console/conversations/conv_c')
    await ava.getByRole('button', { name: 'Accept' }).waitFor()
    await look('offered')
    await ava.goto('/console/conversations/conv_a')
    await ava.getByRole('button', { name: 'Take over' }).waitFor()
    await look('unassigned')
    await ava.goto('/console/history')
    await ava.getByRole('heading', { name: 'History' }).waitFor()
    await ava
      .getByText(/No call has ended yet|ended calls?$/)
      .first()
      .waitFor()
    await look('history')
    await ava.goto('/console/search')
    await ava.locator('#search-field').fill('smoke')
    await look('search')
    await ava.goto('/console/audit')
    await ava.getByRole('heading', { name: 'Audit log' }).first().waitFor()
    await look('audit')
    await ava.goto('/console/alarms')
    await ava.getByText('waits for a dispatcher').first().waitFor()
    await look('alarms')
    await ava.context().close()
  },
)
