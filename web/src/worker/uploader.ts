import type { BlobStore } from './blob-store.ts'
import type { NewMessage } from './call-writes.ts'
import type { Outbox } from './outbox.ts'
import { RetryLoop } from './retry-loop.ts'
import { UploadRefused, type UploadMedia } from '../media/upload-media.ts'

/** How far the upload of a message has come: a share of 1 while it runs, words once it was refused. */
export type UploadState = { fraction: number } | { problem: string }
export type UploadStates = ReadonlyMap<string, UploadState>

export type MediaPort = { blobs: BlobStore; upload: UploadMedia }

/** Wait before an upload that failed is tried again, ms. */
const RETRY_MS = 4_000

/**
 * Uploads what the outbox has media of, one after the other and beside its other messages: words never wait for a
 * picture. A message whose media are with the server is then sent like any other.
 */
export class Uploader {
  readonly #outbox: Outbox
  readonly #port: MediaPort
  readonly #onChange: (states: UploadStates) => void
  readonly #loop: RetryLoop<NewMessage>
  #states: UploadStates = new Map()

  constructor(
    outbox: Outbox,
    port: MediaPort,
    onChange: (states: UploadStates) => void,
    { retryMs = RETRY_MS } = {},
  ) {
    this.#outbox = outbox
    this.#port = port
    this.#onChange = onChange
    this.#loop = new RetryLoop({
      next: () => outbox.nextUpload(),
      work: (write) => this.#upload(write.message_id, write.conversation_id),
      retryMs,
    })
  }

  /** Begins, unless it is at it already. */
  readonly wake = (): void => this.#loop.wake()

  stop(): void {
    this.#loop.stop()
  }

  /** False: not decided, try again later. */
  async #upload(id: string, conversationId: string): Promise<boolean> {
    const { blobs, upload } = this.#port
    const tell = (fraction: number) => this.#tell(id, { fraction })
    try {
      const blob = await blobs.get(id)
      if (blob === undefined) throw new UploadRefused('It is no longer on this phone.')
      tell(0)
      this.#outbox.attach(id, await upload({ conversationId, key: id }, blob, tell))
      this.#tell(id, undefined)
      await blobs.remove(id)
      return true
    } catch (error) {
      const isRefused = error instanceof UploadRefused
      this.#tell(id, isRefused ? { problem: error.message } : undefined)
      if (isRefused) this.#outbox.refuse(id)
      return isRefused
    }
  }

  #tell(id: string, state: UploadState | undefined): void {
    const states = new Map(this.#states)
    if (state === undefined) states.delete(id)
    else states.set(id, state)
    this.#states = states
    this.#onChange(states)
  }
}
