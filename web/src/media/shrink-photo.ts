import { isHeic } from './is-heic.ts'

/** Longest side, pixels, and quality at which a photo leaves the device: enough to see, and small on a poor line. */
const SIDE = 1_600
const QUALITY = 0.8

/** Neither this browser nor the server can read the photo. `message` tells people what to do about it. */
export class PhotoUnreadable extends Error {
  override readonly name = 'PhotoUnreadable'

  constructor() {
    super(
      'This photo is saved as HEIC, which cannot be read here. Take a screenshot of it and send that. ' +
        'For new photos on an iPhone: Settings, Camera, Formats, Most Compatible.',
    )
  }
}

/**
 * A photo made small enough to send, upright, as JPEG and without where it was taken. What this browser cannot read is sent
 * as it is, for the server to judge.
 *
 * @throws PhotoUnreadable for a photo as iPhones save them, in a browser that cannot read it.
 */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  const picture = await readPicture(file)
  if (picture === undefined) {
    if (await isHeic(file)) throw new PhotoUnreadable()
    return file
  }
  const { source, width, height, close } = picture
  const scale = Math.min(1, SIDE / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height)
  close()
  return new Promise((resolve) => {
    canvas.toBlob((blob) => resolve(blob ?? file), 'image/jpeg', QUALITY)
  })
}

type Picture = { source: CanvasImageSource; width: number; height: number; close: () => void }

async function readPicture(file: Blob): Promise<Picture | undefined> {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
    return { source: bitmap, width: bitmap.width, height: bitmap.height, close: () => bitmap.close() }
  } catch {
    return readByElement(file)
  }
}

/** Safari reads HEIC as an element and not as a bitmap. */
async function readByElement(file: Blob): Promise<Picture | undefined> {
  const url = URL.createObjectURL(file)
  const close = () => URL.revokeObjectURL(url)
  const source = new Image()
  source.src = url
  try {
    await source.decode()
    return { source, width: source.naturalWidth, height: source.naturalHeight, close }
  } catch {
    close()
    return undefined
  }
}
