import { expect, test } from 'vitest'
import type { Directory } from '../conversations/directory.ts'
import type { ReadMessage } from '../conversations/read-message.ts'
import type { Message } from '../conversations/schema.ts'
import { PHOTO_WORDS, VOICE_WORDS, placeWords } from '../media/attachment-words.ts'
import type { Attachment, LocationAttachment } from '../media/schema.ts'
import { toTranscript } from './read-transcript.ts'
import { summarizeJob } from './summarize-job.ts'

const directory = {
  worker: () => ({ name: 'Ravi' }),
  admin: () => null,
} as unknown as Directory

let count = 0
function said(content: string, attachment?: Attachment): ReadMessage {
  count += 1
  const message: Message = {
    message_id: `m${count}`,
    role: 'user',
    content,
    timestamp: '2025-10-03T11:58:04+05:30',
    sources: '',
    sender_id: 'worker_1',
    received_at: '2025-10-03T06:28:04.000Z',
    ...(attachment && { attachment }),
  }
  return { id: message.message_id, at: count, dated: true, message }
}

const photo: Attachment = {
  kind: 'image',
  media_id: 'media_1',
  bytes: 9,
  content_type: 'image/jpeg',
  width: 4,
  height: 3,
}
const voice: Attachment = { kind: 'audio', media_id: 'media_2', bytes: 9, content_type: 'audio/webm' }
const place: LocationAttachment = {
  kind: 'location',
  latitude: 12.9716,
  longitude: 77.5946,
  accuracy_m: 14,
  captured_at: '2025-10-03T11:58:00+05:30',
}

test('a message that only repeats what it carries is told as that, and other words as they are', async () => {
  const transcript = await toTranscript(directory, [
    said(PHOTO_WORDS, photo),
    said(VOICE_WORDS, voice),
    said(placeWords(place), place),
    said('The valve is open', photo),
    said(PHOTO_WORDS),
  ])
  expect(transcript.map(({ content }) => content)).toEqual([
    '[shares a photo]',
    '[shares a voice message]',
    '[shares a location]',
    'The valve is open',
    'Photo',
  ])
})

test.each([
  ['English', 'The gas alarm in hall four is ringing and I can smell gas.'],
  ['another language', 'हॉल चार में गैस का अलार्म बज रहा है।'],
])(
  'an offline summary in %s speaks neither of photos nor of digits that nobody wrote',
  async (_title, words) => {
    const transcript = await toTranscript(directory, [
      said(words),
      said(PHOTO_WORDS, photo),
      said(PHOTO_WORDS, photo),
      said(VOICE_WORDS, voice),
      said(placeWords(place), place),
      said(placeWords(place), place),
    ])
    const summary = summarizeJob.offline({ type: 'detailed', transcript, parts: [], tail: transcript })
    expect(summary.lines.length).toBeGreaterThan(0)
    expect(JSON.stringify(summary)).not.toMatch(/photo|voice|location|shares|12\.97|97160|\b77\b/i)
  },
)
