import { expect, test } from 'vitest'
import { isHeic } from './is-heic.ts'

const file = (brand: string) => new Blob([new Uint8Array([0, 0, 0, 24]), `ftyp${brand}`, 'mif1heic'])

test.each<[string, Blob, boolean]>([
  ['an iPhone’s photo', file('heic'), true],
  ['a generic one', file('mif1'), true],
  ['an AVIF', file('avif'), false],
  ['a video', file('isom'), false],
  ['a JPEG', new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), 'JFIF and the rest']), false],
  ['too few bytes', new Blob(['ftyp']), false],
  ['nothing', new Blob([]), false],
])('knows by its content whether %s is HEIC', async (_, blob, expected) => {
  expect(await isHeic(blob)).toBe(expected)
})
