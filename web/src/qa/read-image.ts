import type { DraftImage } from './draft.ts'

/** What the server takes; a browser may still be wrong about what a file is, and then the server says so. */
const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif']
export const IMAGE_TYPES = TYPES.join(',')

/** A request may have 12 MiB, and base64 makes four characters of three bytes. */
const MAX_BYTES = 8 * 1024 * 1024

/** Why a file cannot go with a question, in words; null when it can. */
export function refuseImage({ type, size }: Pick<Blob, 'type' | 'size'>): string | null {
  if (!TYPES.includes(type))
    return 'This is not a picture that can be sent. JPEG, PNG, WebP, GIF and AVIF can.'
  if (size === 0) return 'The file is empty.'
  if (size > MAX_BYTES) {
    return `The picture has ${(size / 1024 / 1024).toFixed(1)} MB; it may have 8 MB at most. Make it smaller, or take a part of it.`
  }
  return null
}

/** @throws DOMException when the file cannot be read, such as one that was moved meanwhile. */
export async function readImage(blob: Blob, name: string): Promise<DraftImage> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result as string))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')))
    reader.readAsDataURL(blob)
  })
  return { name, type: blob.type, base64: url.slice(url.indexOf(',') + 1) }
}
