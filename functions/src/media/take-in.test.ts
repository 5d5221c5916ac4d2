import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { testConfig } from '../platform/testing/test-config.ts'
import { prepareMedia } from './take-in.ts'
import { heic, imageBomb, m4a, mp3, oggOpus, phonePhoto, wav, webm } from './testing/samples.ts'

const { media: config } = testConfig()
const both = ['image', 'audio'] as const
const prepare = (bytes: Buffer, limits: Partial<typeof config> = {}) =>
  prepareMedia(bytes, both, { ...config, ...limits })

describe('an image', () => {
  test('is drawn anew upright, and tells nothing of where, with what and by whom it was taken', async () => {
    const photo = await phonePhoto()
    expect(photo.includes('Secretphone')).toBe(true)
    expect((await sharp(photo).metadata()).exif).toBeDefined()
    const image = await prepare(photo)
    expect(image).toMatchObject({ kind: 'image', content_type: 'image/jpeg', width: 200, height: 320 })
    const after = await sharp(image.data).metadata()
    expect(after).toMatchObject({ format: 'jpeg', width: 200, height: 320 })
    expect([after.exif, after.xmp, after.iptc, after.icc, after.orientation]).toEqual(
      Array(5).fill(undefined),
    )
    expect(image.data.includes('Secretphone') || image.data.includes('Ravi')).toBe(false)
  })

  test.each(['png', 'webp', 'gif', 'avif'] as const)('of type %s becomes a JPEG', async (type) => {
    const bytes = await sharp(await phonePhoto())
      .toFormat(type)
      .toBuffer()
    expect(await prepare(bytes)).toMatchObject({ kind: 'image', content_type: 'image/jpeg' })
  })

  test('is made smaller than the side that is kept', async () => {
    expect(await prepare(await phonePhoto(400, 100), { imageSide: 200 })).toMatchObject({
      width: 50,
      height: 200,
    })
  })

  test('that unpacks to too many pixels is refused by its header', async () => {
    const bomb = imageBomb()
    expect(bomb.length).toBeLessThan(500_000)
    await expect(prepare(bomb)).rejects.toMatchObject({
      code: 'too-large',
      details: { reason: 'too-many-pixels' },
    })
  })

  test.each(['heic', 'hevc', 'mif1'])(
    'as iPhones save it (%s) is refused, and told what is taken',
    async (brand) => {
      await expect(prepare(heic(brand))).rejects.toMatchObject({
        code: 'unsupported-media',
        message:
          'A photo in HEIC, as iPhones save them, is not an image that we take (JPEG, PNG, WebP, GIF, AVIF) ' +
          'or a recording (MP3, WAV, Ogg Opus, WebM, M4A)',
        details: { reason: 'type-not-accepted' },
      })
    },
  )

  test('that breaks off is refused', async () => {
    const photo = await phonePhoto()
    await expect(prepare(photo.subarray(0, photo.length / 2))).rejects.toMatchObject({
      code: 'unsupported-media',
    })
  })

  test('over the limit is refused', async () => {
    await expect(prepare(await phonePhoto(), { maxImageBytes: 100 })).rejects.toMatchObject({
      code: 'too-large',
      details: { reason: 'too-many-bytes', limit: 100 },
    })
  })
})

describe('a recording', () => {
  test.each([
    ['WAV', wav(), { content_type: 'audio/wav', duration_ms: 1_000 }],
    ['MP3', mp3(), { content_type: 'audio/mpeg', duration_ms: 1_045 }],
    ['Ogg Opus', oggOpus(), { content_type: 'audio/ogg', duration_ms: 1_000 }],
    ['WebM', webm(), { content_type: 'audio/webm', duration_ms: 1_000 }],
    ['M4A', m4a(), { content_type: 'audio/mp4', duration_ms: 2_000 }],
  ])('as %s keeps its sound and loses who made it', async (_name, bytes, facts) => {
    expect(bytes.includes('Ravi Kumar')).toBe(true)
    const audio = await prepare(bytes)
    expect(audio).toMatchObject({ kind: 'audio', ...facts })
    expect(audio.data.includes('Ravi')).toBe(false)
    expect(audio.data.includes('+12.97')).toBe(false)
    // What comes out is taken in again, and stays as it is.
    expect((await prepare(audio.data)).data.equals(audio.data)).toBe(true)
  })

  test.each([
    ['WebM', webm({ trackType: 1 })],
    ['MP4', m4a({ handler: 'vide' })],
    ['WAV that is only a head', wav().subarray(0, 20)],
    ['Ogg that breaks off', oggOpus().subarray(0, 100)],
    ['MP3 tag without a frame', mp3().subarray(0, 60)],
    ['M4A that breaks off', m4a().subarray(0, 80)],
  ])('is refused for %s with pictures or without sound', async (_name, bytes) => {
    await expect(prepare(bytes)).rejects.toMatchObject({ code: 'unsupported-media' })
  })

  test('over the limit is refused', async () => {
    await expect(prepare(wav(), { maxAudioBytes: 100 })).rejects.toMatchObject({ code: 'too-large' })
  })

  test('is refused where images are wanted', async () => {
    await expect(prepareMedia(wav(), ['image'], config)).rejects.toMatchObject({ code: 'unsupported-media' })
  })
})

describe('what is neither', () => {
  test.each([
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
    ['PDF', '%PDF-1.7\n1 0 obj'],
    ['text', 'just words'],
    ['the first bytes of a JPEG before HTML', '\xff\xd8\xff\xe0<html><script>alert(1)</script></html>'],
  ])('%s is refused whatever it is called', async (_name, text) => {
    await expect(prepare(Buffer.from(text, 'latin1'))).rejects.toMatchObject({ code: 'unsupported-media' })
  })

  test('nothing at all is refused', async () => {
    await expect(prepare(Buffer.alloc(0))).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
