import { z } from 'zod'
import { type AssistantConfig, AssistantEnvironment, readAssistantConfig } from './config-assistant.ts'
import { MapEnvironment, problemsOfMap, readMapTiles } from './config-map.ts'
import { type ModelsConfig, ModelsEnvironment, problemsOfModels, readModelsConfig } from './config-models.ts'
import { QaEnvironment, type QaConfig, readQaConfig } from './config-qa.ts'
import { type MediaConfig, MediaEnvironment, readMediaConfig } from './config-media.ts'
import { ServiceEnvironment, type ServiceConfig, readServiceConfig } from './config-service.ts'
import { type TasksConfig, TasksEnvironment, readTasksConfig } from './config-tasks.ts'
import { type WatchConfig, WatchEnvironment, readWatchConfig } from './config-watch.ts'
import type { MapTiles } from './schema.ts'

/** What the process was told by its environment, parsed once. Spans are in the unit that their name says. */
export interface Config extends ServiceConfig {
  projectId: string
  /** Also in the local suite: the SDKs take the namespace from it and the host from `emulators`. */
  databaseUrl: string
  firebaseApiKey: string
  /** Present only in the local suite; `host:port` each. */
  emulators: { auth: string; database: string; firestore: string } | null
  tasks: TasksConfig
  watch: WatchConfig
  media: MediaConfig
  /** Null unless the company chose a tile server. */
  mapTiles: MapTiles | null
  qa: QaConfig
  models: ModelsConfig
  assistant: AssistantConfig
  jwt: { secret: string; issuer: string; audience: string }
  accessTokenSeconds: number
  /** A log-in lasts at most this long, however often it is refreshed. */
  refreshTokenSeconds: number
  heartbeatSeconds: number
  /** A stream lives at most this long; the server ends it earlier by up to a third, at random (DESIGN 5). */
  streamMaxSeconds: number
  /** The one to whom a call was offered has so long to accept it. */
  transferSeconds: number
  /** Who holds a call and is there is noted so often, once a call. */
  holderSeenSeconds: number
  /** A call whose holder was not there for so long goes back to nobody. */
  holderLostSeconds: number
  /** How often a running gateway looks for what was left undone: lost holders, lapsed offers, unfinished archives. */
  sweepSeconds: number
  host: string
  port: number
  /** Folder of the built web client, when this process serves it. */
  webDist: string | null
  allowedOrigins: readonly string[]
  /** Origin of the `stream` service for browsers; empty when it is the page's own. */
  streamOrigin: string
  /** Proxies in front of us whose `X-Forwarded-For` is to be believed. */
  trustedProxies: number
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** A variable that is missing or wrong; `message` names every one of them, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'

  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  }
}

type Env = Readonly<Record<string, string | undefined>>

const seconds = (fallback: number, max: number) =>
  z.coerce.number().int().positive().max(max).default(fallback)
const HostAndPort = z.string().regex(/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, 'must be host:port')
const isOrigin = (text: string) => URL.parse(text)?.origin === text
const Origin = z.string().refine(isOrigin, 'must be an origin such as https://console.example.org')

const Environment = z.object({
  ...TasksEnvironment,
  ...ServiceEnvironment,
  ...WatchEnvironment,
  ...MediaEnvironment,
  ...MapEnvironment,
  ...QaEnvironment,
  ...ModelsEnvironment,
  ...AssistantEnvironment,
  GCLOUD_PROJECT: z.string().optional(),
  GOOGLE_CLOUD_PROJECT: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  FIREBASE_AUTH_EMULATOR_HOST: HostAndPort.optional(),
  FIREBASE_DATABASE_EMULATOR_HOST: HostAndPort.optional(),
  FIRESTORE_EMULATOR_HOST: HostAndPort.optional(),
  // `WEB_API_KEY` is the same thing for `functions/.env`, where names with FIREBASE_ are reserved.
  FIREBASE_API_KEY: z.string().optional(),
  WEB_API_KEY: z.string().optional(),
  // RFC 7518 §3.2: a key for HS256 has at least the size of the hash.
  JWT_SECRET: z
    .string('is required')
    .refine((text) => Buffer.byteLength(text) >= 32, 'must have 32 bytes or more'),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().default('lifeline-api'),
  ACCESS_TOKEN_SECONDS: seconds(900, 86_400),
  REFRESH_TOKEN_SECONDS: seconds(7 * 86_400, 90 * 86_400),
  HEARTBEAT_SECONDS: seconds(30, 300),
  // Below the hour at which Cloud Run cuts every request.
  STREAM_MAX_SECONDS: seconds(900, 3_500),
  TRANSFER_SECONDS: seconds(60, 3_600),
  HOLDER_SEEN_SECONDS: seconds(15, 300),
  HOLDER_LOST_SECONDS: seconds(90, 3_600),
  SWEEP_SECONDS: seconds(15, 3_600),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(5_000),
  WEB_DIST: z.string().optional(),
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
    .pipe(z.array(Origin)),
  STREAM_ORIGIN: Origin.optional(),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

const LOOPBACK = /^(?:https?:\/\/)?(127\.\d+\.\d+\.\d+|localhost|\[::1\]):/

/**
 * Emulator mode accepts forged tokens, so it must be impossible where the product is deployed. The functions
 * emulator also sets `K_SERVICE`; it is told apart by its own variable, and then only with hosts on this machine.
 */
function emulatorsWhereDeployed(env: Env): string[] {
  if (!env.K_SERVICE) return []
  return Object.keys(env)
    .filter((name) => name.endsWith('_EMULATOR_HOST') && env[name])
    .filter((name) => env.FUNCTIONS_EMULATOR !== 'true' || !LOOPBACK.test(env[name] ?? ''))
    .map((name) => `${name}: must not be set where K_SERVICE is`)
}

/** The three belong together: half an emulator mode would let forged tokens reach real data. */
function readEmulators(env: z.infer<typeof Environment>): Config['emulators'] | undefined {
  const auth = env.FIREBASE_AUTH_EMULATOR_HOST
  const database = env.FIREBASE_DATABASE_EMULATOR_HOST
  const firestore = env.FIRESTORE_EMULATOR_HOST
  if (!auth && !database && !firestore) return null
  return auth && database && firestore ? { auth, database, firestore } : undefined
}

/** Parses the environment; an empty variable counts as absent. Throws `ConfigError`. */
export function loadConfig(processEnv: Env): Config {
  const env = Object.fromEntries(Object.entries(processEnv).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(env)
  const problems = emulatorsWhereDeployed(env)
  // Seldom noted presence would look like absence.
  if (parsed.data && parsed.data.HOLDER_LOST_SECONDS < 3 * parsed.data.HOLDER_SEEN_SECONDS) {
    problems.push('HOLDER_LOST_SECONDS: must be three times HOLDER_SEEN_SECONDS or more')
  }
  if (parsed.data) problems.push(...problemsOfModels(parsed.data), ...problemsOfMap(parsed.data))
  const projectId = env.GCLOUD_PROJECT ?? env.GOOGLE_CLOUD_PROJECT
  if (projectId === undefined) problems.push('GCLOUD_PROJECT: is required (or GOOGLE_CLOUD_PROJECT)')
  const emulators = parsed.data && readEmulators(parsed.data)
  if (parsed.data && emulators === undefined) {
    problems.push(
      'FIREBASE_AUTH_EMULATOR_HOST, FIREBASE_DATABASE_EMULATOR_HOST, FIRESTORE_EMULATOR_HOST: set all three or none',
    )
  }
  // The emulators take any key.
  const inSuite = env.FIREBASE_AUTH_EMULATOR_HOST !== undefined
  const firebaseApiKey = env.FIREBASE_API_KEY ?? env.WEB_API_KEY ?? (inSuite ? 'local' : undefined)
  if (firebaseApiKey === undefined) problems.push('FIREBASE_API_KEY: is required (or WEB_API_KEY)')
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`))
  }
  if (!parsed.success || !projectId || !firebaseApiKey || emulators === undefined || problems.length > 0) {
    throw new ConfigError(problems)
  }
  const { data } = parsed
  return {
    projectId,
    databaseUrl: data.DATABASE_URL ?? `https://${projectId}-default-rtdb.firebaseio.com`,
    firebaseApiKey,
    emulators,
    tasks: readTasksConfig(data, projectId),
    ...readServiceConfig(data, emulators !== null),
    watch: readWatchConfig(data),
    media: readMediaConfig(data),
    mapTiles: readMapTiles(data),
    qa: readQaConfig(data),
    models: readModelsConfig(data),
    assistant: readAssistantConfig(data),
    jwt: {
      secret: data.JWT_SECRET,
      issuer: data.JWT_ISSUER ?? `lifeline:${projectId}`,
      audience: data.JWT_AUDIENCE,
    },
    accessTokenSeconds: data.ACCESS_TOKEN_SECONDS,
    refreshTokenSeconds: data.REFRESH_TOKEN_SECONDS,
    heartbeatSeconds: data.HEARTBEAT_SECONDS,
    streamMaxSeconds: data.STREAM_MAX_SECONDS,
    transferSeconds: data.TRANSFER_SECONDS,
    holderSeenSeconds: data.HOLDER_SEEN_SECONDS,
    holderLostSeconds: data.HOLDER_LOST_SECONDS,
    sweepSeconds: data.SWEEP_SECONDS,
    host: data.HOST,
    port: data.PORT,
    webDist: data.WEB_DIST ?? null,
    allowedOrigins: data.ALLOWED_ORIGINS,
    streamOrigin: data.STREAM_ORIGIN ?? '',
    // Cloud Run's own front end adds the caller's address as the last entry.
    trustedProxies: data.TRUSTED_PROXIES ?? (env.K_SERVICE ? 1 : 0),
    logLevel: data.LOG_LEVEL,
  }
}
