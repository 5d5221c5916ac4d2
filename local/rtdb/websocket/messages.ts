import { z } from 'zod'

import { ownMember } from '../tree/own-member.ts'
import { ProtocolError } from './protocol-error.ts'

/** A message of a client: control (`type` such as `p`), or a request that wants one reply with its number. */
export type ClientMessage =
  | { readonly kind: 'control'; readonly type: string }
  | { readonly kind: 'request'; readonly number: number; readonly action: string; readonly body: unknown }

const Envelope = z.discriminatedUnion('t', [
  z.object({ t: z.literal('c'), d: z.object({ t: z.string() }) }),
  z.object({ t: z.literal('d'), d: z.object({ r: z.number(), a: z.string(), b: z.unknown().optional() }) }),
])

/** @throws ProtocolError for text that is not a message. */
export function parseClientMessage(text: string): ClientMessage {
  const { success, data: message } = Envelope.safeParse(parseJson(text))
  if (!success) throw new ProtocolError('Not a message')
  return message.t === 'c'
    ? { kind: 'control', type: message.d.t }
    : { kind: 'request', number: message.d.r, action: message.d.a, body: message.d.b }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new ProtocolError('Not JSON', { cause: error })
    throw error
  }
}

/** What a request is answered with: `s` and `d` of the reply. */
export interface Reply {
  readonly status: string
  readonly data: unknown
}

export const done: Reply = { status: 'ok', data: '' }
export const permissionDenied: Reply = { status: 'permission_denied', data: 'Permission denied' }

export function formatControl(type: string, data: unknown): string {
  return JSON.stringify({ t: 'c', d: { t: type, d: data } })
}

export function formatReply(number: number, { status, data }: Reply): string {
  return JSON.stringify({ t: 'd', d: { r: number, b: { s: status, d: data } } })
}

/** A message that answers no request; `body` is JSON text, so that what many are sent is serialized once. */
export function formatPush(action: string, body: string): string {
  return `{"t":"d","d":{"a":${JSON.stringify(action)},"b":${body}}}`
}

const PathBody = z.object({ p: z.string() })

export const ListenBody = PathBody.extend({
  q: z.unknown().optional(),
  t: z.number().optional(),
  h: z.string().optional(),
})
export const QueryBody = PathBody.extend({ q: z.unknown().optional() })
export const PutBody = PathBody.extend({ d: z.unknown(), h: z.string().optional() })
export const CancelBody = PathBody

/** Relative paths to data. @NOTE `z.record` would drop a key named `__proto__`. */
export const MergeBody = PathBody.extend({
  d: z.custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
})

export const CredentialBody = z.object({
  cred: z.string(),
  authvar: z.record(z.string(), z.unknown()).nullish(),
  noauth: z.boolean().optional(),
})

/** Member by member, in the order they were sent. */
export function mergeEntries(data: object): [string, unknown][] {
  return Object.keys(data).map((name) => [name, ownMember(data, name)])
}
