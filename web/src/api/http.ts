import { APIError, ApiErrorBody, ChatErrorBody, StatusErrorBody } from '@lifeline/functions/contract'
import { z } from 'zod'
import { ApiError, ContractError, UnreachableError } from './errors.ts'

/** `fetch`, as far as this client uses it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Fetches; a network that fails is an {@link UnreachableError}, an abort stays what it is. */
export async function send(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new UnreachableError('fetch failed', { cause: error })
  }
}

/** The parsed reply. Throws {@link ApiError}, {@link ContractError} or {@link UnreachableError}. */
export async function readReply<S extends z.ZodType>(response: Response, schema: S): Promise<z.infer<S>> {
  let text: string
  try {
    text = await response.text()
  } catch (error) {
    throw new UnreachableError('reply broke off', { cause: error })
  }
  const json = parseJson(text)
  if (!response.ok) {
    const refusal = readRefusal(response.status, json)
    if (refusal !== undefined) throw refusal
    // A proxy in between answers 502, 503 and 504 in HTML when our server is down.
    if (response.status >= 502) throw new UnreachableError(`status ${response.status}`)
    throw new ContractError(`status ${response.status} without an error body`)
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new ContractError('reply does not match its schema', { cause: parsed.error })
  return parsed.data
}

/** The refusal that an answer holds, in whichever family's shape; undefined when it holds none. */
export function readRefusal(status: number, json: unknown): ApiError | undefined {
  const body = ApiErrorBody.safeParse(json)
  if (body.success) {
    const { code, message, details } = body.data.error
    return new ApiError(status, code, message, details)
  }
  const qa = APIError.safeParse(json)
  if (qa.success) return new ApiError(status, qa.data.error_code, qa.data.message, qa.data.details ?? {})
  const chat = ChatErrorBody.safeParse(json)
  if (chat.success) return new ApiError(status, chat.data.detail.code, chat.data.detail.error)
  // Families that have no codes of their own.
  const plain = StatusErrorBody.safeParse(json)
  return plain.success ? new ApiError(status, `${status}`, plain.data.message) : undefined
}

/** The bytes of a reply. Throws as {@link readReply} does. */
export async function readBlob(response: Response): Promise<Blob> {
  if (!response.ok) return readReply(response, z.never())
  try {
    return await response.blob()
  } catch (error) {
    throw new UnreachableError('reply broke off', { cause: error })
  }
}

/** A POST of JSON. */
export function jsonPost(body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
