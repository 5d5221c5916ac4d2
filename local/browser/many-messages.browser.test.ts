import { expect, test } from 'vitest'
import { placeCalls, placeMessages } from './crowd.ts'
import { readFrames, watchFrames } from './frames.ts'
import { logInAsAdmin, picture } from './people.ts'
import { useProduct } from './product.ts'

/** How many messages stay fluid; the figures are told (`--reporter=verbose`), and no test rests on time. */

const MESSAGES = 5_000
const LONG = 'long'

const product = useProduct({}, async (app) => {
  await placeCalls(app, [{ id: LONG, urgency: 'LOW', last: 'user', age: 9_000, silent: 60, voice: 0 }])
  await placeMessages(app, LONG, MESSAGES)
})
const SOON = { timeout: 15_000 }

test(
  'five thousand messages open, grow, and are found far up',
  { timeout: 180_000 },
  async ({ annotate }) => {
    const ava = await product().newPerson({ viewport: { width: 1280, height: 800 } })
    await logInAsAdmin(ava, 'ava@acme.example')
    const began = performance.now()
    await ava.goto(`/console/conversations/conv_${LONG}`)
    await watchFrames(ava)
    const log = ava.getByRole('log')
    await log.getByText(`Message ${MESSAGES}:`).waitFor()
    const opened = Math.round(performance.now() - began)
    await annotate(`5,000 messages, on the screen after ${opened} ms with the page's own loading`)
    await annotate(`opening 5,000 messages: ${JSON.stringify(await readFrames(ava))}`)
    expect(await log.locator('[data-message-id]').count()).toBeLessThan(401)
    await picture(ava, 'messages-5000')

    await watchFrames(ava)
    const messages = product().database.ref(`active_conversations/conv_${LONG}/messages`)
    for (let n = 1; n <= 20; n += 1) {
      await messages.child(`msg_new_${String(n).padStart(2, '0')}`).set({
        role: 'assistant',
        content: `Further word ${n}`,
        timestamp: new Date().toISOString(),
        received_at: Date.now(),
        sender_id: 'assistant',
        sources: '',
      })
    }
    await log.getByText('Further word 20', { exact: true }).waitFor()
    await annotate(`20 messages more at its end: ${JSON.stringify(await readFrames(ava))}`)

    await watchFrames(ava)
    const scroller = ava.getByRole('region', { name: 'Messages' })
    for (let step = 0; step < 60; step += 1) {
      await scroller.evaluate((element) => {
        ;(element as unknown as { scrollTop: number }).scrollTop -= 700
      })
      await ava.evaluate(
        () =>
          new Promise((done) =>
            (globalThis as never as { requestAnimationFrame(f: unknown): void }).requestAnimationFrame(done),
          ),
      )
    }
    await annotate(`scrolling up in 5,000 messages: ${JSON.stringify(await readFrames(ava))}`)

    // A message that is cited far up, by the address.
    await ava.goto(`/console/conversations/conv_${LONG}?message=msg_00040`)
    await expect.poll(() => log.getByText('Message 40:').first().isVisible(), SOON).toBe(true)
    await expect
      .poll(async () => {
        const box = await log.locator('[data-message-id="msg_00040"]').boundingBox()
        return box !== null && box.y > 100 && box.y < 700
      }, SOON)
      .toBe(true)
    await picture(ava, 'message-cited')
  },
)
