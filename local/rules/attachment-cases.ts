import { serverTimestamp } from 'firebase/database'
import { actors, append, TIMESTAMP } from './fixture.ts'
import { everybodyElse, impossibleTimes, type WriteCase } from './write-case.ts'

type Fields = Record<string, unknown>

const place = (overrides: Fields = {}): Fields => ({
  kind: 'location',
  latitude: 12.9716,
  longitude: 77.5946,
  accuracy_m: 12.5,
  captured_at: TIMESTAMP,
  ...overrides,
})
const photo = (overrides: Fields = {}): Fields => ({
  kind: 'image',
  media_id: 'media_photo',
  content_type: 'image/jpeg',
  bytes: 1_000,
  width: 40,
  height: 30,
  ...overrides,
})
const voice = (overrides: Fields = {}): Fields => ({
  kind: 'audio',
  media_id: 'media_voice',
  content_type: 'audio/webm',
  bytes: 500,
  ...overrides,
})
/** The SDK refuses to send what a case leaves out. */
const defined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
const without = (field: string, fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== field))

const send = (attachment: unknown, conversation = 'conv_ravi') => append({ attachment }, conversation)
const answer = (attachment: unknown, overrides: Fields = {}) =>
  append({ role: 'admin', sender_id: 'admin_ben', lease: 3, attachment, ...overrides }, 'conv_held')

const upload = (overrides: Fields = {}, conversation = 'conv_ravi', id = 'media_new') => ({
  [`uploads/${conversation}/${id}`]: defined({
    by: 'worker_ravi',
    kind: 'image',
    content_type: 'image/jpeg',
    bytes: 10,
    width: 4,
    height: 3,
    uploaded_at: serverTimestamp(),
    ...overrides,
  }),
})

/** Messages with a place or with media, and the records of what was uploaded. */
export const attachmentCases: readonly WriteCase[] = [
  ['a place', 'ravi', send(place()), true],
  [
    'a place at the edge of the map',
    'ravi',
    send(place({ latitude: -90, longitude: 180, accuracy_m: 0 })),
    true,
  ],
  ['a place without words', 'ravi', append({ attachment: place(), content: undefined }), false],
  ...['latitude', 'longitude', 'accuracy_m', 'captured_at'].map((field): WriteCase => [
    `a place without ${field}`,
    'ravi',
    send(without(field, place())),
    false,
  ]),
  ...(
    [
      ['latitude', 90.01],
      ['latitude', -91],
      ['latitude', '12.9'],
      ['longitude', 180.5],
      ['longitude', -181],
      ['longitude', true],
      ['accuracy_m', -1],
      ['accuracy_m', 1_000_001],
      ['captured_at', 1_759_473_484_000],
      ['captured_at', 'just now'],
      ['captured_at', `2025-10-03T11:58:04.${'0'.repeat(40)}Z`],
      ['altitude', 3],
      ['media_id', 'media_photo'],
      ['kind', 'map'],
    ] as const
  ).map(([field, value]): WriteCase => [
    `a place whose ${field} is ${String(value).slice(0, 30)}`,
    'ravi',
    send(place({ [field]: value })),
    false,
  ]),
  ...impossibleTimes.map((captured_at): WriteCase => [
    `a place of ${captured_at}`,
    'ravi',
    send(place({ captured_at })),
    false,
  ]),
  ['a place in a held call by its holder through the API', 'the API', answer(place()), true],
  ...everybodyElse
    .filter((actor) => actors[actor] !== null)
    .map((actor): WriteCase => [
      `a place by ${actor}`,
      actor,
      append({ attachment: place(), sender_id: actors[actor]?.uid }),
      false,
    ]),

  ['an own photo', 'ravi', send(photo()), true],
  ['an own voice message', 'ravi', send(voice()), true],
  ['an own photo in a held call', 'ravi', send(photo(), 'conv_held'), true],
  ['a photo that nobody uploaded', 'ravi', send(photo({ media_id: 'media_none' })), false],
  ['a photo of another conversation', 'ravi', send(photo(), 'conv_ended'), false],
  ["a dispatcher's photo as one's own", 'ravi', send(photo({ media_id: 'media_ben' }), 'conv_held'), false],
  ["a photo of Ravi's as a dispatcher's own", 'the API', answer(photo()), false],
  ["a dispatcher's photo", 'the API', answer(photo({ media_id: 'media_ben' })), true],
  [
    "a dispatcher's photo by another",
    'the API',
    answer(photo({ media_id: 'media_ben' }), { sender_id: 'admin_ava' }),
    false,
  ],
  ['a photo with a hostile id', 'ravi', send(photo({ media_id: '../conv_held/media_photo' })), false],
  ...['content_type', 'bytes', 'width', 'height', 'media_id', 'kind'].map((field): WriteCase => [
    `a photo without ${field}`,
    'ravi',
    send(without(field, photo())),
    false,
  ]),
  ...Object.entries({
    kind: 'audio',
    content_type: 'text/html',
    bytes: 7,
    width: 41,
    height: 31,
    duration_ms: 5,
    latitude: 12,
    name: 'a.jpg',
  }).map(([field, value]): WriteCase => [
    `a photo whose ${field} is ${value}`,
    'ravi',
    send(photo({ [field]: value })),
    false,
  ]),
  ['a voice message with a length that it has not', 'ravi', send(voice({ duration_ms: 9 })), false],
  ...['media_photo', true, 5].map((attachment): WriteCase => [
    `an attachment that is ${String(attachment)}`,
    'ravi',
    send(attachment),
    false,
  ]),
  [
    'an attachment to an old message',
    'ravi',
    { 'active_conversations/conv_ravi/messages/msg_old/attachment': photo() },
    false,
  ],

  ['an upload of the worker through the API', 'the API', upload(), true],
  ['the same upload once more', 'the API', upload({}, 'conv_ravi', 'media_photo'), true],
  ["an upload of the call's holder", 'the API', upload({ by: 'admin_ben' }, 'conv_held'), true],
  ['an upload of who does not hold the call', 'the API', upload({ by: 'admin_ava' }, 'conv_held'), false],
  ['an upload of another worker', 'the API', upload({ by: 'worker_meera' }), false],
  ['an upload of nobody', 'the API', upload({ by: undefined }), false],
  [
    "somebody's upload as another's",
    'the API',
    upload({ by: 'admin_ben' }, 'conv_held', 'media_photo'),
    false,
  ],
  ['an upload into an ended call', 'the API', upload({}, 'conv_ended'), false],
  ['an upload into no conversation', 'the API', upload({}, 'conv_none'), false],
  ['an upload of a kind of its own', 'the API', upload({ kind: 'video' }), false],
  ['an upload of no size', 'the API', upload({ bytes: 0 }), false],
  ['an image without its width', 'the API', upload({ width: undefined }), false],
  ['an upload at another time', 'the API', upload({ uploaded_at: 1_000 }), false],
  ['an upload with another field', 'the API', upload({ name: 'a.jpg' }), false],
  ['the removal of an upload', 'the API', { 'uploads/conv_ravi/media_photo': null }, false],
  ['an upload by the worker themselves', 'ravi', upload(), false],
  ...everybodyElse.map((actor): WriteCase => [`an upload by ${actor}`, actor, upload(), false]),
]
