import type { MediaAttachment } from '@lifeline/functions/contract'

/** Gets the bytes of an attachment, by its media id. */
export type LoadMedia = (mediaId: string) => Promise<Blob>

/** Uploads bytes for the conversation under a key of the sender's own; tells how much of it is done, 0 to 1. */
export type SendMedia = (
  key: string,
  blob: Blob,
  onProgress: (fraction: number) => void,
) => Promise<MediaAttachment>

/** Attachments kept at hand; the longest unseen go first. */
const KEPT = 60

/** The bytes of attachments as addresses that an image or a player takes; each is fetched once. */
export class MediaCache {
  readonly #load: LoadMedia
  readonly #send: SendMedia | undefined
  readonly #urls = new Map<string, Promise<string>>()

  constructor(load: LoadMedia, upload?: SendMedia) {
    this.#load = load
    this.#send = upload
  }

  /** Bytes that are here already. */
  keep(mediaId: string, blob: Blob): void {
    this.#urls.set(mediaId, Promise.resolve(URL.createObjectURL(blob)))
  }

  /** Uploads bytes, which are then at hand. Rejects as `upload` does. */
  async upload(key: string, blob: Blob, onProgress: (fraction: number) => void): Promise<MediaAttachment> {
    if (this.#send === undefined) throw new Error('nothing can be uploaded from here')
    const attachment = await this.#send(key, blob, onProgress)
    this.keep(attachment.media_id, blob)
    return attachment
  }

  /** Rejects as `load` does, and then forgets, so that asking again tries again. */
  url(mediaId: string): Promise<string> {
    const known = this.#urls.get(mediaId)
    this.#urls.delete(mediaId)
    const url = known ?? this.#load(mediaId).then((blob) => URL.createObjectURL(blob))
    this.#urls.set(mediaId, url)
    url.catch(() => {
      if (this.#urls.get(mediaId) === url) this.#urls.delete(mediaId)
    })
    const [oldest] = this.#urls
    if (this.#urls.size > KEPT && oldest !== undefined) this.#forget(...oldest)
    return url
  }

  close(): void {
    for (const [mediaId, url] of this.#urls) this.#forget(mediaId, url)
  }

  #forget(mediaId: string, url: Promise<string>): void {
    this.#urls.delete(mediaId)
    url.then(
      (address) => URL.revokeObjectURL(address),
      () => undefined,
    )
  }
}
