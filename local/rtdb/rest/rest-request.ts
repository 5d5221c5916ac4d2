import type { IncomingMessage } from 'node:http'

import { administrator, anonymous } from '../auth/access.ts'
import type { Access } from '../auth/access.ts'
import { authenticate, overrideAccess } from '../auth/credential.ts'
import { namespaceNameOf } from '../namespaces.ts'
import { checkPath, priorityKey } from '../tree/path.ts'
import type { Path } from '../tree/path.ts'
import { RestError } from './rest-error.ts'

/** An HTTP request as the REST surface understands it; the body is still to be read. */
export interface RestRequest {
  /** After a method override. */
  readonly method: string
  /** The path of the URL, still encoded, without `.json`. */
  readonly location: string
  readonly parameters: URLSearchParams
  readonly namespace: string
  readonly incoming: IncomingMessage
}

const timeout = /^(\d{1,9})(ms|s|min)$/
const timeoutUnits = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['min', 60_000],
])
const maxTimeout = 15 * 60_000
const sizeLimits = new Set(['tiny', 'small', 'medium', 'large', 'unlimited'])
const formats = new Set(['export', 'strict'])

/** @throws {RestError} 404 for anything but `/….json`, 400 for parameters with unknown values. */
export function parseRestRequest(incoming: IncomingMessage): RestRequest {
  const [path = '', ...query] = (incoming.url ?? '').split('?')
  if (!path.startsWith('/') || !path.endsWith('.json')) {
    throw new RestError(404, 'Not found: append .json to the path of your data')
  }
  const parameters = new URLSearchParams(query.join('?'))
  checkParameters(parameters)
  return {
    method: effectiveMethod(incoming, parameters),
    location: path.slice(0, -'.json'.length),
    parameters,
    namespace: namespaceNameOf(parameters, incoming.headers.host),
    incoming,
  }
}

function effectiveMethod({ method = 'GET', headers }: IncomingMessage, parameters: URLSearchParams): string {
  if (method !== 'POST') return method
  const override = headers['x-http-method-override'] ?? parameters.get('x-http-method-override')
  return typeof override === 'string' ? override.toUpperCase() : method
}

/** Everything is answered at once and no write is estimated, so these have to make sense and change nothing else. */
function checkParameters(parameters: URLSearchParams): void {
  const limit = parameters.get('writeSizeLimit')
  if (limit !== null && !sizeLimits.has(limit)) {
    throw new RestError(400, `writeSizeLimit must be one of ${[...sizeLimits].join(', ')}`)
  }
  const format = parameters.get('format')
  if (format !== null && !formats.has(format)) throw new RestError(400, 'format must be export')
  const wait = parameters.get('timeout')
  if (wait === null) return
  const [, count, unit] = timeout.exec(wait) ?? []
  const length = Number(count) * (timeoutUnits.get(unit ?? '') ?? Number.NaN)
  if (!(length > 0 && length <= maxTimeout)) {
    throw new RestError(400, 'timeout must be a time of at most 15min, such as 300ms, 10s or 2min')
  }
}

/**
 * The location that a data request names; each key is decoded by itself, so an encoded slash never splits one.
 *
 * @throws {RestError} 400 for broken percent encoding. @throws {InvalidDataError} for keys and paths the database refuses.
 */
export function parseLocation({ location }: RestRequest): Path {
  const keys = location
    .split('/')
    .filter((key) => key !== '')
    .map(decodeKey)
  if (keys.at(-1) !== priorityKey) return checkPath(keys)
  return [...checkPath(keys.slice(0, -1)), priorityKey]
}

function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) throw new RestError(400, 'The path is not valid percent-encoded UTF-8.')
    throw error
  }
}

/** The credential of a request: an `Authorization` header, `access_token` or `auth`; undefined for nobody. */
export function credentialOf({ incoming, parameters }: RestRequest): string | undefined {
  const [scheme, token] = (incoming.headers.authorization ?? '').split(' ')
  if (scheme?.toLowerCase() === 'bearer' && token !== undefined && token !== '') return token
  const given = parameters.get('access_token') ?? parameters.get('auth')
  return given === null || given === '' ? undefined : given
}

/** On whose behalf a request acts. @throws {RestError} 401 for a bad token, 400 for a bad override. */
export function accessOf(request: RestRequest, now: number): Access {
  const credential = credentialOf(request)
  const access = credential === undefined ? anonymous : accessBy(credential, now)
  const override = request.parameters.get('auth_variable_override')
  if (override === null) return access
  if (!access.admin) throw new RestError(401, 'auth_variable_override is for administrators')
  return overrideAccess(access, parseOverride(override))
}

/** @throws {RestError} 401 unless the request comes from an administrator. */
export function requireAdministrator(request: RestRequest, now: number): void {
  if (accessOf(request, now) !== administrator) throw new RestError(401, 'Unauthorized request.')
}

function accessBy(credential: string, now: number): Access {
  const result = authenticate(credential, now)
  if (result.status === 'expired_token') throw new RestError(401, 'Auth token is expired')
  if (result.status !== 'ok') throw new RestError(401, 'Could not parse auth token.')
  return result.access
}

function parseOverride(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const json = JSON.parse(text) as unknown
    if (json === null) return null
    if (typeof json === 'object' && !Array.isArray(json)) return json as Record<string, unknown>
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new RestError(400, 'auth_variable_override must be a JSON object or null')
}
