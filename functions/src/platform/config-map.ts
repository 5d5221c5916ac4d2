import { z } from 'zod'
import type { MapTiles } from './schema.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const PLACEHOLDER = /\{[^}]*\}?/g
const KNOWN = new Set(['{z}', '{x}', '{y}', '{r}'])

/** Why a template is of no use, in words for who set it; null: it is of use. */
function faultOfTemplate(template: string): string | null {
  const url = URL.parse(template)
  if (url === null) return 'must be an address such as https://tiles.example.org/{z}/{x}/{y}.png'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
    return 'must begin with https:// (http:// on this machine only)'
  }
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password'
  const named: string[] = template.match(PLACEHOLDER) ?? []
  // One origin is all that the pages' Content-Security-Policy is opened for.
  const unknown = named.find((each) => !KNOWN.has(each))
  if (unknown !== undefined) return `must not hold ${unknown}: only {z}, {x}, {y} and {r} are filled in`
  if (!/^https?:\/\/(?:[a-z0-9.-]+|\[::1\])(?::\d+)?$/.test(url.origin)) return 'must name one plain host'
  const missing = ['{z}', '{x}', '{y}'].find((each) => !named.includes(each))
  return missing === undefined ? null : `must hold ${missing}`
}

/** Where the console's map takes its tiles from. Nothing by default: whom to ask tells them where a worker is. */
export const MapEnvironment = {
  MAP_TILES_URL: z
    .string()
    .max(2_000)
    .superRefine((template, context) => {
      const message = faultOfTemplate(template)
      if (message !== null) context.addIssue({ code: 'custom', message })
    })
    .optional(),
  MAP_TILES_ATTRIBUTION: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^<>]*$/, 'must be plain text')
    .optional(),
}

type Environment = z.output<z.ZodObject<typeof MapEnvironment>>

/** What is wrong with the two together, a line each. */
export function problemsOfMap({ MAP_TILES_URL: url, MAP_TILES_ATTRIBUTION: attribution }: Environment) {
  if (url !== undefined && attribution === undefined) {
    return ['MAP_TILES_ATTRIBUTION: is required beside MAP_TILES_URL, as maps ask for it']
  }
  if (url === undefined && attribution !== undefined) {
    return ['MAP_TILES_URL: is required beside MAP_TILES_ATTRIBUTION']
  }
  return []
}

export const readMapTiles = ({
  MAP_TILES_URL: url,
  MAP_TILES_ATTRIBUTION: attribution,
}: Environment): MapTiles | null =>
  url === undefined || attribution === undefined ? null : { url, attribution }
