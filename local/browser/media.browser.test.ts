import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
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

/** A machine with much to do takes its time. */
const PATIENT = { timeout: 20_000 }

const PLACE = { latitude: 51.50735, longitude: -0.12776, accuracy: 14 }

/** As text, for it runs in the browser. */
const DRAWING = `(() => {
  const canvas = document.createElement('canvas')
  canvas.width = 2400
  canvas.height = 1800
  const context = canvas.getContext('2d')
  const sky = context.createLinearGradient(0, 0, 0, 1800)
  sky.addColorStop(0, '#8fb7d8')
  sky.addColorStop(1, '#b5482a')
  context.fillStyle = sky
  context.fillRect(0, 0, 2400, 1800)
  context.fillStyle = '#222222'
  context.font = '240px sans-serif'
  context.fillText('HALL 4', 700, 1000)
  return canvas.toDataURL('image/jpeg')
})()`

/** A photo as a phone would take it. */
async function takePhoto(page: Page): Promise<Buffer> {
  const text = await page.evaluate<string>(DRAWING)
  return Buffer.from(text.slice(text.indexOf(',') + 1), 'base64')
}

const sendPhoto = async (page: Page) =>
  page
    .getByLabel('Photo to send')
    .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: await takePhoto(page) })

test('a worker sends a photo, a voice message and a place, and the dispatcher sees and hears them', async () => {
  const [gus, tom] = await Promise.all([
    product().newPerson({ viewport: { width: 1_440, height: 900 } }),
    product().newPerson({ ...PHONE, geolocation: PLACE, permissions: ['geolocation', 'microphone'] }),
  ])
  await logInAsAdmin(gus, 'gus@globex.example')
  await signInAsWorker(tom, 'worker_441632960001')
  await tom.locator('[data-urgency="CRITICAL"]').click()
  await tom.getByText('Your call has arrived').waitFor()
  await write(tom, 'Gas alarm in hall 4')
  await openCall(gus, 'Tom Hadley')

  await tom.getByRole('button', { name: 'Location' }).click()
  const place = gus.getByRole('log').getByRole('group', { name: 'Location' })
  await place.getByText('51.50735, -0.12776').waitFor()
  await expect.poll(() => place.textContent()).toMatch(/within 14 m, measured (just now|\d+ seconds ago)/)
  await expect
    .poll(() => place.getByRole('link').getAttribute('href'))
    .toContain('mlat=51.50735&mlon=-0.12776')

  await sendPhoto(tom)
  const photo = gus.getByRole('log').getByRole('img', { name: 'Photo from Tom Hadley' })
  await photo.waitFor()
  const readSize = () => gus.evaluate<number>("document.querySelector('[role=log] img').naturalWidth")
  // Made smaller on the phone before it was sent.
  await expect.poll(readSize, PATIENT).toBe(1_600)

  await tom.getByRole('button', { name: 'Voice' }).click()
  await tom.getByText(/Recording, [1-9]/).waitFor()
  await tom.getByRole('button', { name: 'Send', exact: true }).first().click()
  const player = gus.getByRole('log').locator('audio[aria-label="Voice message from Tom Hadley"]')
  await player.waitFor()
  const readState = () => gus.evaluate<number>("document.querySelector('[role=log] audio').readyState")
  await expect.poll(readState, PATIENT).toBeGreaterThan(0)
  const delivered = tom.locator('[data-status="sent"], [data-status="seen"]')
  await expect.poll(() => delivered.count(), PATIENT).toBe(4)

  const details = gus.getByRole('complementary', { name: 'Details of the call' })
  if (!(await details.isVisible())) await gus.getByRole('button', { name: 'Details' }).click()
  await details.getByRole('region', { name: 'Latest location' }).getByText('51.50735, -0.12776').waitFor()
  // No tile server is named here: the place is drawn to scale, and nobody else is asked.
  const latest = details.getByRole('region', { name: 'Latest location' })
  await latest.getByText('No map tiles are configured').waitFor()
  const map = latest.getByRole('application', {
    name: /^Map of where Tom Hadley is: 51\.50735, -0\.12776, within 14 m$/,
  })
  await expect.poll(() => map.locator('path.place-accuracy').count()).toBe(1)
  await expect.poll(() => map.locator('.leaflet-control-scale-line').textContent()).toMatch(/^\d+ m$/)
  expect(await map.locator('img').count()).toBe(0)
  await expect
    .poll(() => latest.getByRole('button', { name: 'Show the whole trail' }).isDisabled())
    .toBe(true)
  await details.getByRole('region', { name: 'Photos and recordings' }).getByRole('img').waitFor()
  await picture(gus, 'console-media')
  await picture(tom, 'worker-media')
  expect(await accessibilityFaults(gus)).toEqual([])
  expect(await accessibilityFaults(tom)).toEqual([])

  await gus.getByRole('log').getByRole('button', { name: 'Photo from Tom Hadley: enlarge' }).click()
  await gus.getByRole('dialog').getByRole('img', { name: 'Photo from Tom Hadley' }).waitFor()
  await picture(gus, 'console-photo')
  expect(await accessibilityFaults(gus)).toEqual([])
  await gus.keyboard.press('Escape')

  // Without a network it waits on the phone, also over a reload, and arrives once there is one.
  await tom.context().setOffline(true)
  await sendPhoto(tom)
  await tom.getByRole('img', { name: 'What you send' }).waitFor()
  await tom.getByText('Queued', { exact: true }).waitFor()
  await picture(tom, 'worker-media-offline')
  expect(await accessibilityFaults(tom)).toEqual([])
  await tom.reload()
  await tom.getByRole('img', { name: 'What you send' }).waitFor()
  await expect.poll(() => photo.count()).toBe(1)
  await tom.context().setOffline(false)
  await expect.poll(() => photo.count(), { timeout: 60_000 }).toBe(2)
  await expect.poll(() => tom.getByText('Queued', { exact: true }).count(), PATIENT).toBe(0)
}, 180_000)
