/** What the process was told by its environment, parsed once. Spans are in the unit that their name says. */
export interface Config {
  projectId: string
  databaseUrl: string
  firebaseApiKey: string
  /** Present only in the local suite; `host:port` each. */
  emulators: { auth: string; database: string; firestore: string } | null
  jwt: { secret: string; issuer: string; audience: string }
  accessTokenSeconds: number
  refreshTokenSeconds: number
  heartbeatSeconds: number
  /** A stream lives at most this long; the server ends it earlier by up to a fifth, at random. */
  streamMaxSeconds: number
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
