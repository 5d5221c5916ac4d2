/** Rounds of PBKDF2; a phone takes some tenths of a second. */
const ROUNDS = 210_000

/** A word may be typed in a hurry: letter case, accents' spelling and blanks do not count. */
export const normalizeWord = (word: string): string =>
  word.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, '')

/** Shorter than this is guessed, longer is no word (characters, normalized). */
export const WORD_LENGTH = { least: 4, most: 40 } as const

/**
 * What stands for a worker's duress word everywhere but on their own screen: 32 bytes in hex. Salted with who the
 * worker is, so that a phone needs no network for it. Runs in browsers and on the server alike.
 */
export async function proveWord(word: string, workerId: string): Promise<string> {
  const bytes = new TextEncoder()
  const { subtle } = globalThis.crypto
  const key = await subtle.importKey('raw', bytes.encode(normalizeWord(word)), 'PBKDF2', false, [
    'deriveBits',
  ])
  const salt = bytes.encode(`lifeline/duress/${workerId}`)
  const derived = await subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS },
    key,
    256,
  )
  return [...new Uint8Array(derived)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
