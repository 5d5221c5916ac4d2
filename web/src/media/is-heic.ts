/** The major brands that files with HEVC pictures give themselves (ISO 23008-12). */
const BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1'])

/** Whether a file is a photo as iPhones save them. By its content: browsers often do not know its type. */
export async function isHeic(file: Blob): Promise<boolean> {
  const head = new TextDecoder('latin1').decode(await file.slice(4, 12).arrayBuffer())
  return head.startsWith('ftyp') && BRANDS.has(head.slice(4))
}
