import type { MediaAttachment } from '@lifeline/functions/contract'
import { describe, expect, test } from 'vitest'
import { idOf, type NewMessage, type NewWrite } from './call-writes.ts'
import { Outbox } from './outbox.ts'
import { memoryStorage } from './storage.fixture.ts'
import { Uploader, type MediaPort, type UploadStates } from './uploader.ts'
import { UploadRefused } from '../media/upload-media.ts'

const common = {
  call_id: 'call_1',
  conversation_id: 'conv_1',
  worker_id: 'worker_1',
  timestamp: '2025-10-03T11:58:04+05:30',
}
const photo = (message_id = 'msg_photo'): NewMessage => ({
  ...common,
  kind: 'message',
  message_id,
  content: 'Photo',
  media: 'image',
})
const words: NewMessage = { ...common, kind: 'message', message_id: 'msg_words', content: 'Help' }
const attachment: MediaAttachment = {
  kind: 'image',
  media_id: 'media_1',
  content_type: 'image/jpeg',
  bytes: 5,
  width: 4,
  height: 3,
}

function open(upload: MediaPort['upload'], storage = memoryStorage()) {
  const kept = new Map([['msg_photo', new Blob(['photo'])]])
  const outbox = new Outbox(storage, 'worker_1')
  let states: UploadStates = new Map()
  const port: MediaPort = {
    blobs: {
      put: async (id, blob) => void kept.set(id, blob),
      get: async (id) => kept.get(id),
      remove: async (id) => void kept.delete(id),
      ids: async () => [...kept.keys()],
    },
    upload,
  }
  const uploader = new Uploader(outbox, port, (next) => (states = next), { retryMs: 5 })
  return { kept, outbox, uploader, storage, states: () => states }
}

const ids = (write: NewWrite | undefined) => write && idOf(write)

describe('a photo in the outbox', () => {
  test('lets words overtake it, is uploaded under its own name, and is sent once the server has it', async () => {
    const keys: string[] = []
    const { outbox, uploader, kept, states, storage } = open(async ({ key }, _blob, onProgress) => {
      keys.push(key)
      onProgress(0.5)
      return attachment
    })
    outbox.add(photo())
    outbox.add(words)
    expect(ids(outbox.next()?.write)).toBe('msg_words')
    outbox.signal('msg_words', 'acknowledged')
    expect(outbox.next()).toBeUndefined()
    uploader.wake()
    await expect.poll(() => outbox.next()?.write).toMatchObject({ message_id: 'msg_photo', attachment })
    expect(keys).toEqual(['msg_photo'])
    await expect.poll(() => kept.size).toBe(0)
    expect(states().size).toBe(0)
    // What is known survives a reload.
    expect(new Outbox(storage, 'worker_1').next()?.write).toMatchObject({ attachment })
  })

  test('is tried again while the network fails, and given up when the server refuses it', async () => {
    const answers = [new Error('offline'), new Error('offline'), new UploadRefused('Not an image')]
    const { outbox, uploader, states, kept } = open(() =>
      Promise.reject(answers.shift() ?? new Error('asked too often')),
    )
    outbox.add(photo())
    uploader.wake()
    await expect.poll(() => outbox.entries()[0]?.status).toBe('refused')
    expect(answers).toEqual([])
    expect(states().get('msg_photo')).toEqual({ problem: 'Not an image' })
    expect([outbox.nextUpload(), kept.size]).toEqual([undefined, 1])
    outbox.retry('msg_photo')
    expect(ids(outbox.nextUpload())).toBe('msg_photo')
    outbox.drop('msg_photo')
    expect(outbox.entries()).toEqual([])
  })

  test('waits for its call, and the end of the call waits for it unless a word came with it', () => {
    const { outbox } = open(() => Promise.reject(new Error('offline')))
    outbox.add({ ...common, kind: 'call', company_id: 'c_acme', mobile_no: '', urgency: 'HIGH' })
    outbox.add(photo())
    expect(outbox.nextUpload()).toBeUndefined()
    outbox.signal('call_1', 'acknowledged')
    expect(ids(outbox.nextUpload())).toBe('msg_photo')
    outbox.add({ ...common, kind: 'end' })
    expect(outbox.next()).toBeUndefined()
    outbox.refuse('msg_photo')
    expect(ids(outbox.next()?.write)).toBe('call_1/end')
  })

  test('that is no longer on the phone is given up', async () => {
    const { outbox, uploader, states } = open(() => Promise.reject(new Error('asked')))
    outbox.add(photo('msg_lost'))
    uploader.wake()
    await expect.poll(() => outbox.entries()[0]?.status).toBe('refused')
    expect(states().get('msg_lost')).toEqual({ problem: 'It is no longer on this phone.' })
  })
})
