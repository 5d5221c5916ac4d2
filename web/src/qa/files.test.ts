import { describe, expect, test } from 'vitest'
import { readImportFile } from './read-import-file.ts'
import { refuseImage } from './read-image.ts'

describe('a picture', () => {
  test.each([
    ['image/png', 1, null],
    ['image/svg+xml', 1, 'This is not a picture that can be sent. JPEG, PNG, WebP, GIF and AVIF can.'],
    ['image/png', 0, 'The file is empty.'],
    ['image/jpeg', 8 * 1024 * 1024, null],
    [
      'image/jpeg',
      9 * 1024 * 1024,
      'The picture has 9.0 MB; it may have 8 MB at most. Make it smaller, or take a part of it.',
    ],
  ])('of type %s with %d bytes: %s', (type, size, expected) => {
    expect(refuseImage({ type, size })).toBe(expected)
  })
})

describe('a file of prospects', () => {
  const file = (name: string, content: BlobPart, type = '') => new File([content], name, { type })

  test.each([
    [file('people.CSV', 'lead_id\nL-1'), 'csv'],
    [file('people.json', '[]'), 'json'],
    [file('people', '[]', 'application/json'), 'json'],
  ])('is read in its format', async (given, format) => {
    expect(await readImportFile(given)).toMatchObject({ ok: true, file: { format } })
  })

  test.each([
    [file('people.xlsx', 'x'), 'This is neither a CSV nor a JSON file.'],
    [file('people.csv', ''), 'The file is empty.'],
    [
      file('people.csv', new Uint8Array([0x66, 0xfc, 0x72])),
      'The file is not in UTF-8. Save it so and choose it again.',
    ],
    [file('people.csv', 'x'.repeat(4_000_001)), 'The file is too large. Import it in parts.'],
  ])('is refused in words', async (given, reason) => {
    expect(await readImportFile(given)).toEqual({ ok: false, reason })
  })
})
