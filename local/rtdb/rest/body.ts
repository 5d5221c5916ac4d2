import type { IncomingMessage } from 'node:http'

import { RestError } from './rest-error.ts'

const unparsable =
  "Invalid data; couldn't parse JSON object. Are you sending a JSON object with valid key names?"

/**
 * The whole body as text.
 *
 * @throws {RestError} 413 when it is longer than `maxBytes`, 400 when it is not UTF-8.
 * @throws {Error} of the stream when the client goes away in the middle.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const tooLarge = () => new RestError(413, `Data to write exceeds the maximum size of ${maxBytes} bytes.`)
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let length = 0
  // A refused request still gets its answer, so leaving the loop must not cut the connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (error) {
    if (error instanceof TypeError) throw new RestError(400, 'The request body is not valid UTF-8.')
    throw error
  }
}

/** @throws {RestError} 400 for an empty body or one that is not JSON. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') throw new RestError(400, 'Error: No data supplied.')
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) throw new RestError(400, unparsable)
    throw error
  }
}

/** The members of a JSON object, whatever their names. @throws {RestError} 400 for any other JSON. */
export function parseJsonMembers(text: string): [string, unknown][] {
  const json = parseJson(text)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new RestError(400, unparsable)
  return Object.entries(json)
}
