import { z } from 'zod'

/**
 * An identifier as it may stand in a path of the Realtime Database and of Firestore: the specifications' own
 * forms (`conv_…`, `call_…`, `msg_…`) and any other unguessable id, but nothing that could climb out of its node.
 */
export const Id = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9_:@+-]+$/, 'may hold letters, digits and _ : @ + - only')

/** An identifier that names a document of Firestore as it is; `__…__` are names of Firestore's own. */
export const DocumentId = Id.refine((id) => !/^__.*__$/.test(id), 'is reserved')

/** ISO 8601 with an offset, as devices write it (spec 1: `2025-10-03T11:58:04+05:30`). */
export const Timestamp = z.iso.datetime({ offset: true })

/**
 * Errors of `/api/*` (DESIGN 4). `code` is stable, `message` is for people and never names internals. `details` is what
 * a program needs to act on a refusal; the path that gives it says what stands there.
 */
export const ApiErrorBody = z.object({
  success: z.literal(false),
  error: z.object({
    code: z.string(),
    message: z.string(),
    timestamp: Timestamp,
    details: z.record(z.string(), z.unknown()).exactOptional(),
  }),
})
export type ApiErrorBody = z.infer<typeof ApiErrorBody>

/** Where map tiles come from, and to whom the map belongs. The address is a template with `{z}`, `{x}`, `{y}` and perhaps `{r}`. */
export const MapTiles = z.object({ url: z.string(), attribution: z.string() })
export type MapTiles = z.infer<typeof MapTiles>

/** What a browser needs to know before anybody has logged in (`GET /api/config`). */
export const ClientConfig = z.object({
  firebase: z.object({
    apiKey: z.string(),
    projectId: z.string(),
    authDomain: z.string(),
    databaseURL: z.string(),
  }),
  /** Present in the local suite only: where the emulators listen, `host:port`. */
  emulators: z.object({ auth: z.string(), database: z.string() }).nullable(),
  /** Origin of the `stream` service; empty when the page's own origin serves streams. */
  stream_origin: z.string(),
  /** Null: the map shows places without tiles. Phones may have kept a configuration that says nothing of it. */
  map_tiles: MapTiles.nullable().default(null),
})
export type ClientConfig = z.infer<typeof ClientConfig>
