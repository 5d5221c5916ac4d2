import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
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

/** As text, for it runs in the browser: a file as it is dropped or pasted. */
const GIVE = (event: 'drop' | 'paste', name: string, type: string) => `(async () => {
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 480
  const context = canvas.getContext('2d')
  context.fillStyle = '#2d6a4f'
  context.fillRect(0, 0, 640, 480)
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
  const data = new DataTransfer()
  data.items.add(new File([blob], '${name}', { type: '${type}' }))
  const field = document.querySelector('[aria-label="Your answer"]')
  const init = { bubbles: true, cancelable: true }
  field.dispatchEvent(
    '${event}' === 'drop'
      ? new DragEvent('drop', { ...init, dataTransfer: data })
      : new ClipboardEvent('paste', { ...init, clipboardData: data }),
  )
})()`

/** Half a second of silence. */
function recording(): Buffer {
  const samples = 4_000
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8_000, 24)
  head.writeUInt32LE(8_000, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples, 40)
  return Buffer.concat([head, Buffer.alloc(samples, 128)])
}

/** The head of a photo as iPhones save it, and nothing that Chromium could read. */
const HEIC = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(2_000)])

const SOME_FILE = fileURLToPath(import.meta.url)

/**
 * A file is dragged from the desktop and let go in the middle of `where`, by the browser's own drag and drop.
 * Returns what the page said to it last: whether it would take it.
 */
async function letGo(page: Page, where: Locator): Promise<string> {
  await page.evaluate(`window.addEventListener('dragover', ({ defaultPrevented, dataTransfer }) => {
    window.lastDrag = defaultPrevented + ' ' + dataTransfer.dropEffect
  })`)
  const box = await where.boundingBox()
  if (box === null) throw new Error('there is nothing to let a file go on')
  const session = await page.context().newCDPSession(page)
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const data = { items: [], files: [SOME_FILE], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
  }
  await session.detach()
  return page.evaluate<string>('window.lastDrag')
}

/** A machine with much to do takes its time. */
const PATIENT = { timeout: 20_000 }

const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true }).click()

test('the holder attaches photos and recordings to answers: chosen, dropped and pasted, and again after a failure', async () => {
  const [gus, tom] = await Promise.all([
    product().newPerson({ viewport: { width: 1_440, height: 900 } }),
    product().newPerson(PHONE),
  ])
  await logInAsAdmin(gus, 'gus@globex.example')
  await signInAsWorker(tom, 'worker_441632960001')
  await tom.locator('[data-urgency="HIGH"]').click()
  await tom.getByText('Your call has arrived').waitFor()
  await write(tom, 'Which valve do I close?')
  await openCall(gus, 'Tom Hadley')
  await gus.getByRole('button', { name: /^Take over/ }).click()
  await gus.getByLabel('Your answer').waitFor()

  // The line fails, the dispatcher tries again, and the words they wrote go along.
  await gus.route('**/attachments', (route) => route.abort())
  await gus.evaluate(GIVE('drop', 'valve.png', 'image/png'))
  const preview = gus.getByRole('group', { name: 'The photo to send' })
  await preview.getByText('It was not uploaded. Check your connection.').waitFor()
  await expect.poll(() => gus.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
  await picture(gus, 'console-attach-failed')
  expect(await accessibilityFaults(gus)).toEqual([])
  await gus.unroute('**/attachments')
  await preview.getByRole('button', { name: 'Try again' }).click()
  await preview.getByText('Photo ready').waitFor()
  await picture(gus, 'console-attach-ready')
  expect(await accessibilityFaults(gus)).toEqual([])
  await gus.getByLabel('Your answer').fill('This one, with the green wheel')
  await send(gus)
  await tom.getByText('This one, with the green wheel').waitFor()
  await tom.getByRole('img', { name: /^Photo from/ }).waitFor()
  await gus.getByText('Seen', { exact: true }).waitFor()
  expect(await preview.count()).toBe(0)

  // Pasted, thought better of, and pasted again, without a word.
  await gus.evaluate(GIVE('paste', 'again.png', 'image/png'))
  await preview.getByText('Photo ready').waitFor()
  await preview.getByRole('button', { name: 'Remove the photo' }).click()
  expect(await preview.count()).toBe(0)
  await gus.evaluate(GIVE('paste', 'again.png', 'image/png'))
  await preview.getByText('Photo ready').waitFor()
  await send(gus)
  await expect.poll(() => tom.getByRole('img', { name: /^Photo from/ }).count(), PATIENT).toBe(2)

  await gus
    .getByLabel('Photo or recording to send')
    .setInputFiles({ name: 'steps.wav', mimeType: 'audio/wav', buffer: recording() })
  await gus.getByRole('group', { name: 'The recording to send' }).getByText('Recording ready').waitFor()
  await send(gus)
  await tom.locator('audio[aria-label^="Voice message from"]').waitFor()
  await expect.poll(() => gus.getByRole('log').locator('[data-delivery]').count(), PATIENT).toBe(3)

  await gus.evaluate(GIVE('drop', 'list.pdf', 'application/pdf'))
  await gus.getByText('Only photos and recordings can be sent.').waitFor()
  // A photo as iPhones save it, of which many systems do not know the type.
  await gus
    .getByLabel('Photo or recording to send')
    .setInputFiles({ name: 'IMG_0001.HEIC', mimeType: '', buffer: HEIC })
  await gus.getByRole('alert').getByText('This photo is saved as HEIC, which cannot be read here.').waitFor()
  expect(await preview.count()).toBe(0)
  // The words take room from the list, and not its end out of sight.
  const hiddenBelow = `(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(
    document.querySelector('[role=log]').parentElement
  )`
  await expect.poll(() => gus.evaluate<number>(hiddenBelow), PATIENT).toBeLessThan(2)
  await picture(gus, 'console-attach-sent')
  expect(await accessibilityFaults(gus)).toEqual([])

  // Beside the field a file is let go in vain, and the call stays on the screen.
  for (const page of [gus, tom]) {
    const before = page.url()
    const log = page.getByRole('log')
    expect(await letGo(page, log)).toBe('true none')
    await expect.poll(() => log.getByText('This one, with the green wheel').isVisible()).toBe(true)
    expect([page.url(), page.context().pages().length]).toEqual([before, 1])
  }
  // On the field it is taken, by the same drag and drop: a text file, and so refused by the console itself.
  await gus.getByRole('alert').getByText('saved as HEIC').waitFor()
  expect(await letGo(gus, gus.getByLabel('Your answer'))).toMatch(/^true (copy|move|link)$/)
  await gus.getByRole('alert').getByText('Only photos and recordings can be sent.').waitFor()
  expect(gus.context().pages()).toHaveLength(1)
}, 180_000)

test('a worker without a microphone is told so, and removes a photo that the server refused', async () => {
  const tom = await product().newPerson({ ...PHONE, permissions: [] })
  await tom.addInitScript(
    "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))",
  )
  await signInAsWorker(tom, 'worker_919325590144')
  await tom.locator('[data-urgency="LOW"]').click()
  await tom.getByText('Your call has arrived').waitFor()
  await tom.getByRole('button', { name: 'Voice' }).click()
  await tom.getByText('The microphone cannot be used. Write instead.').waitFor()
  await picture(tom, 'worker-no-microphone')
  expect(await accessibilityFaults(tom)).toEqual([])

  await tom
    .getByLabel('Photo to send')
    .setInputFiles({ name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo at all') })
  // The server will not have it, so it is the worker's to decide.
  const remove = tom.getByRole('button', { name: 'Remove' })
  await remove.waitFor()
  await picture(tom, 'worker-photo-refused')
  expect(await accessibilityFaults(tom)).toEqual([])
  await remove.click()
  await expect.poll(() => tom.getByText('Queued', { exact: true }).count(), PATIENT).toBe(0)
  expect(await remove.count()).toBe(0)
  const kept = `new Promise((resolve, reject) => {
    const request = indexedDB.open('lifeline-media')
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const count = request.result.transaction('blobs').objectStore('blobs').count()
      count.onsuccess = () => { request.result.close(); resolve(count.result) }
    }
  })`
  await expect.poll(() => tom.evaluate(kept), PATIENT).toBe(0)
}, 120_000)

test('a photo as iPhones save it is made a JPEG where the browser reads it only as Safari does, and else the worker is told what to do', async () => {
  const [ava, ravi] = await Promise.all([
    product().newPerson({ viewport: { width: 1_440, height: 900 } }),
    product().newPerson(PHONE),
  ])
  // Safari reads HEIC in an element, and not as a bitmap. Chromium reads it in neither.
  await ravi.addInitScript(
    "window.createImageBitmap = () => Promise.reject(new DOMException('no', 'InvalidStateError'))",
  )
  await logInAsAdmin(ava, 'ava@acme.example')
  await signInAsWorker(ravi, 'worker_919325590143')
  await openCall(ava, 'Ravi Deshmukh')
  const chooser = ravi.getByLabel('Photo to send')
  await chooser.setInputFiles({ name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer: HEIC })
  const told = ravi.getByRole('alert')
  await told.getByText('This photo is saved as HEIC').waitFor()
  await expect.poll(() => told.textContent()).toContain('Take a screenshot of it and send that.')
  expect(await ravi.getByRole('img', { name: 'What you send' }).count()).toBe(0)
  await picture(ravi, 'worker-heic')
  expect(await accessibilityFaults(ravi)).toEqual([])

  const photos = ava.getByRole('log').getByRole('img', { name: 'Photo from Ravi Deshmukh' })
  const before = await photos.count()
  const drawn = await ava.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 2400
    canvas.height = 1200
    canvas.getContext('2d').fillRect(0, 0, 900, 900)
    return canvas.toDataURL('image/png')
  })()`)
  const buffer = Buffer.from(drawn.slice(drawn.indexOf(',') + 1), 'base64')
  await chooser.setInputFiles({ name: 'IMG_0002.png', mimeType: 'image/png', buffer })
  await photos.nth(before).waitFor()
  // Smaller than it was taken: it went through the phone's own drawing.
  const widthOf = () =>
    ava.evaluate<number>("[...document.querySelectorAll('[role=log] img')].at(-1).naturalWidth")
  await expect.poll(widthOf, PATIENT).toBe(1_600)
  expect(await told.count()).toBe(0)
}, 120_000)
