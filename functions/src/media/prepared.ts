import type { AUDIO_TYPES, IMAGE_TYPE } from './schema.ts'

/** Media that was looked into and made harmless, ready to be stored. */
export type Prepared =
  | { kind: 'image'; content_type: typeof IMAGE_TYPE; width: number; height: number; data: Buffer }
  | {
      kind: 'audio'
      content_type: (typeof AUDIO_TYPES)[number]
      /** Absent where the recording does not say. */
      duration_ms?: number
      data: Buffer
    }

/** A recording without what it told beside its sound. */
export type Recording = Omit<Extract<Prepared, { kind: 'audio' }>, 'kind'>
