import { expect, test } from 'vitest'
import { loadConfig } from './config.ts'

const DEPLOYED = { GCLOUD_PROJECT: 'lifeline', FIREBASE_API_KEY: 'key', JWT_SECRET: 's'.repeat(32) }
const LOCAL = {
  GCLOUD_PROJECT: 'demo-lifeline',
  JWT_SECRET: 's'.repeat(32),
  FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:9099',
  FIREBASE_DATABASE_EMULATOR_HOST: '127.0.0.1:9000',
  FIRESTORE_EMULATOR_HOST: '127.0.0.1:8080',
}

test('fills in what a deployed service does not say', () => {
  expect(loadConfig(DEPLOYED)).toEqual({
    projectId: 'lifeline',
    databaseUrl: 'https://lifeline-default-rtdb.firebaseio.com',
    firebaseApiKey: 'key',
    emulators: null,
    tasks: {
      emulator: null,
      location: 'us-central1',
      origin: 'https://us-central1-lifeline.cloudfunctions.net',
      serviceAccount: 'lifeline@appspot.gserviceaccount.com',
    },
    anonymousChats: false,
    chatIdleSeconds: 86_400,
    summaryWaitSeconds: 25,
    redisUrl: null,
    metricsToken: null,
    watch: {
      silence: { CRITICAL: 60, HIGH: 120, MEDIUM: 300, LOW: 900 },
      answer: 45,
      unassigned: 90,
      escalate: 60,
    },
    media: {
      maxImageBytes: 12 * 1_048_576,
      maxAudioBytes: 8 * 1_048_576,
      maxImagePixels: 50_000_000,
      imageSide: 2_048,
      unusedHours: 24,
      uploadsPerMinute: 30,
    },
    mapTiles: null,
    qa: {
      questionsPerUserPerDay: 200,
      answersPerCompanyPerDay: 20_000,
      repeats: 2,
      stuckSeconds: 180,
      answerLeaseSeconds: 125,
      summaryLeaseSeconds: 185,
      assumedAnswerSeconds: 20,
    },
    models: { server: null, deadlineSeconds: 60, concurrency: 16, promptCharacters: 60_000 },
    assistant: { isOn: true, burstMs: 1_500, modelMs: 8_000 },
    jwt: { secret: 's'.repeat(32), issuer: 'lifeline:lifeline', audience: 'lifeline-api' },
    accessTokenSeconds: 900,
    refreshTokenSeconds: 604_800,
    heartbeatSeconds: 30,
    streamMaxSeconds: 900,
    transferSeconds: 60,
    holderSeenSeconds: 15,
    holderLostSeconds: 90,
    sweepSeconds: 15,
    host: '127.0.0.1',
    port: 5_000,
    webDist: null,
    allowedOrigins: [],
    streamOrigin: '',
    trustedProxies: 0,
    logLevel: 'info',
  })
})

test('needs no API key in the local suite, where nobody checks it', () => {
  expect(loadConfig(LOCAL)).toMatchObject({
    firebaseApiKey: 'local',
    emulators: { auth: '127.0.0.1:9099', database: '127.0.0.1:9000', firestore: '127.0.0.1:8080' },
  })
})

test('takes an empty variable as absent', () => {
  expect(loadConfig({ ...DEPLOYED, PORT: '', STREAM_ORIGIN: '', FIRESTORE_EMULATOR_HOST: '' })).toMatchObject(
    {
      port: 5_000,
      emulators: null,
    },
  )
})

test('splits the allowed origins', () => {
  const config = loadConfig({ ...DEPLOYED, ALLOWED_ORIGINS: 'https://a.example, http://localhost:5173 ,' })
  expect(config.allowedOrigins).toEqual(['https://a.example', 'http://localhost:5173'])
})

test('believes one proxy on Cloud Run', () => {
  expect(loadConfig({ ...DEPLOYED, K_SERVICE: 'api' }).trustedProxies).toBe(1)
})

test.each<[string, Record<string, string | undefined>, string[]]>([
  ['no secret', { ...DEPLOYED, JWT_SECRET: undefined }, ['JWT_SECRET: is required']],
  ['a short secret', { ...DEPLOYED, JWT_SECRET: 'short' }, ['JWT_SECRET: must have 32 bytes or more']],
  ['no project', { ...DEPLOYED, GCLOUD_PROJECT: undefined }, ['GCLOUD_PROJECT: is required']],
  ['no API key', { ...DEPLOYED, FIREBASE_API_KEY: undefined }, ['FIREBASE_API_KEY: is required']],
  ['a port that is none', { ...DEPLOYED, PORT: '70000' }, ['PORT: ']],
  [
    'an origin with a path',
    { ...DEPLOYED, ALLOWED_ORIGINS: 'https://a.example/x' },
    ['ALLOWED_ORIGINS: must be an origin'],
  ],
  ['a stream past the platform limit', { ...DEPLOYED, STREAM_MAX_SECONDS: '3600' }, ['STREAM_MAX_SECONDS: ']],
  [
    'holders lost too soon',
    { ...DEPLOYED, HOLDER_LOST_SECONDS: '40' },
    ['HOLDER_LOST_SECONDS: must be three'],
  ],
  ['half of the emulators', { ...LOCAL, FIRESTORE_EMULATOR_HOST: undefined }, ['set all three or none']],
  [
    'emulators on Cloud Run',
    { ...LOCAL, K_SERVICE: 'api' },
    ['FIREBASE_AUTH_EMULATOR_HOST: must not be set'],
  ],
  [
    'any emulator on Cloud Run',
    { ...DEPLOYED, K_SERVICE: 'api', STORAGE_EMULATOR_HOST: 'x:1' },
    ['STORAGE_EMULATOR_HOST: must'],
  ],
  [
    'a distant emulator behind the functions emulator',
    { ...LOCAL, K_SERVICE: 'api', FUNCTIONS_EMULATOR: 'true', FIRESTORE_EMULATOR_HOST: '10.0.0.9:8080' },
    ['FIRESTORE_EMULATOR_HOST: must not be set'],
  ],
  ['several mistakes at once', { PORT: 'x' }, ['GCLOUD_PROJECT', 'FIREBASE_API_KEY', 'JWT_SECRET', 'PORT']],
])('refuses %s and says so', (_, env, messages) => {
  for (const message of messages) expect(() => loadConfig(env)).toThrow(message)
})

test('starts inside the functions emulator, which sets K_SERVICE too', () => {
  const config = loadConfig({
    ...LOCAL,
    K_SERVICE: 'api',
    FUNCTIONS_EMULATOR: 'true',
    CLOUD_EVENTARC_EMULATOR_HOST: 'http://127.0.0.1:9299',
  })
  expect(config.emulators).not.toBeNull()
})
