import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { accessibilityFaults, logInAsAdmin, openCall, PHONE, picture, signInAsWorker } from './people.ts'
import { useProduct } from './product.ts'
import { startTileServer } from './tile-server.ts'

const tiles = await startTileServer()
afterAll(() => tiles.close())
const product = useProduct({
  MAP_TILES_URL: tiles.template,
  MAP_TILES_ATTRIBUTION: '© The Mapmakers of Nowhere',
})

const NEWEST = { latitude: 51.50235, longitude: -0.12776, accuracy: 45 }
const WAY = [
  { latitude: 51.5, longitude: -0.125, accuracy: 140 },
  { latitude: 51.5012, longitude: -0.1262, accuracy: 60 },
  NEWEST,
]

/** The tile of the web's maps in which a place lies, `z/x/y`. */
function tileOf({ latitude, longitude }: { latitude: number; longitude: number }, zoom: number): string {
  const radians = (latitude * Math.PI) / 180
  const x = Math.floor(((longitude + 180) / 360) * 2 ** zoom)
  const y = Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** zoom)
  return `${zoom}/${x}/${y}`
}

/** A machine with much to do takes its time. */
const PATIENT = { timeout: 20_000 }

const zoomsAsked = (since: number) =>
  Math.max(0, ...tiles.asked.slice(since).map((tile) => Number(tile.split('/')[0])))

const place = (page: Page) => page.getByRole('region', { name: 'Latest location' })

async function sendPlaces(worker: Page): Promise<void> {
  for (const [at, geolocation] of WAY.entries()) {
    await worker.context().setGeolocation(geolocation)
    await worker.getByRole('button', { name: 'Location' }).click()
    const sent = worker
      .getByRole('log')
      .getByText(`${geolocation.latitude.toFixed(5)}, ${geolocation.longitude.toFixed(5)}`)
    await sent.waitFor()
    await expect
      .poll(() => worker.locator('[data-status="sent"], [data-status="seen"]').count(), PATIENT)
      .toBe(at + 1)
  }
}

test('the map shows where a worker is and was on the tiles of the company’s server, by keyboard, in light and dark', async () => {
  const [gus, tom] = await Promise.all([
    // Without motion every key counts, also while the map would still be moving.
    product().newPerson({ viewport: { width: 1_440, height: 900 }, reducedMotion: 'reduce' }),
    product().newPerson({ ...PHONE, geolocation: NEWEST, permissions: ['geolocation'] }),
  ])
  const refusals: string[] = []
  gus.on('console', (line) => {
    if (/Content Security Policy/.test(line.text())) refusals.push(line.text())
  })
  await logInAsAdmin(gus, 'gus@globex.example')
  await signInAsWorker(tom, 'worker_441632960001')
  await tom.locator('[data-urgency="CRITICAL"]').click()
  await tom.getByText('Your call has arrived').waitFor()
  await openCall(gus, 'Tom Hadley')
  // Nobody has said where they are: the tile server has not heard of anybody.
  expect(tiles.asked).toEqual([])

  await sendPlaces(tom)
  const map = place(gus).getByRole('application', {
    name: /^Map of where Tom Hadley is: 51\.50235, -0\.12776, within 45 m/,
  })
  await map.waitFor()
  await expect.poll(() => map.getAttribute('aria-label')).toContain('with the trail of 2 earlier')
  await place(gus).getByText('© The Mapmakers of Nowhere').waitFor()
  await expect.poll(() => tiles.asked, PATIENT).toContain(tileOf(NEWEST, 17))
  expect([...tiles.referrers]).toEqual([`${product().origin}/`])
  await expect.poll(() => map.locator('path.place-earlier').count()).toBe(2)
  await expect.poll(() => map.locator('path.place-accuracy').count()).toBe(1)
  expect(await map.locator('.leaflet-control-scale-line').allTextContents()).toEqual([
    expect.stringMatching(/^\d+ m$/),
  ])
  const text = place(gus).getByRole('group', { name: 'Location' }).first()
  await expect
    .poll(() => text.textContent())
    .toMatch(/51\.50235, -0\.12776within 45 m, measured (just now|\d+ seconds ago)/)
  await place(gus).scrollIntoViewIfNeeded()
  await picture(gus, 'map-light')
  expect(await accessibilityFaults(gus)).toEqual([])

  // The whole trail, and from there by keyboard alone.
  await place(gus).getByRole('button', { name: 'Show the whole trail' }).click()
  await expect.poll(() => map.locator('path.place-trail').getAttribute('d'), PATIENT).toMatch(/^M-?\d/)
  await picture(gus, 'map-trail')
  const before = tiles.asked.length
  await map.focus()
  await gus.keyboard.press('+')
  await gus.keyboard.press('+')
  await gus.keyboard.press('+')
  await expect.poll(() => zoomsAsked(before), PATIENT).toBe(18)
  const centred = tiles.asked.length
  for (let press = 0; press < 6; press += 1) await gus.keyboard.press('ArrowRight')
  await expect.poll(() => tiles.asked.length, PATIENT).toBeGreaterThan(centred)

  await place(gus).getByRole('button', { name: 'Show 2 earlier places' }).click()
  const earlier = place(gus).getByRole('list', { name: 'Earlier places, latest first' })
  expect(await earlier.getByRole('group', { name: 'Location' }).allTextContents()).toEqual([
    expect.stringContaining('51.50120, -0.12620within 60 m'),
    expect.stringContaining('51.50000, -0.12500within 140 m'),
  ])

  await gus.emulateMedia({ colorScheme: 'dark' })
  await place(gus).getByRole('button', { name: 'Centre on the newest' }).click()
  await place(gus).scrollIntoViewIfNeeded()
  await picture(gus, 'map-dark')
  expect(await accessibilityFaults(gus)).toEqual([])

  // Neither the map nor its tiles come: it is said, the place stays, and another attempt finds them again.
  tiles.answer(500)
  await gus.route('**/assets/place-map-*.js', (route) => route.abort())
  await gus.reload()
  const again = place(gus).getByRole('button', { name: 'The map cannot be loaded. Try again' })
  await again.waitFor()
  await gus.unroute('**/assets/place-map-*.js')
  await again.click()
  await place(gus).getByText('The map tiles cannot be loaded. Places are still drawn to scale.').waitFor()
  await expect.poll(() => map.locator('path.place-accuracy').count()).toBe(1)
  await expect.poll(() => text.textContent()).toContain('51.50235, -0.12776')
  await place(gus).scrollIntoViewIfNeeded()
  await picture(gus, 'map-tiles-failed')
  expect(await accessibilityFaults(gus)).toEqual([])
  tiles.answer(200)
  await place(gus).getByRole('button', { name: 'Try again' }).click()
  await place(gus).getByText('© The Mapmakers of Nowhere').waitFor()
  expect(refusals).toEqual([])
}, 180_000)
