import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

import { onTestFinished } from 'vitest'

/** One call of a function as it came in. */
export interface FunctionCall {
  readonly name: string
  readonly contentType: string
  readonly event: Readonly<Record<string, unknown>>
}

type Answer = number | 'break off'

export interface FakeFunctionsEmulator {
  readonly origin: string
  /** What `GET /backends` lists; may be changed. */
  functions: { id: string; platform: string; eventTrigger?: unknown }[]
  /** Answers a call with a status, maybe later; `<id>-0` exists and answers 200 by default. */
  answer: (name: string) => Answer | Promise<Answer>
  readonly calls: FunctionCall[]
  /** The ids of all events that came in, answered or not. */
  readonly attempts: unknown[]
  readonly listings: () => number
}

/** A trigger of the current kind, as the functions emulator lists it. */
export function cloudEventFunction(id: string, kind: string, ref: string, instance = '*') {
  const filters = instance.includes('*')
    ? { eventFilters: {}, eventFilterPathPatterns: { ref, instance } }
    : { eventFilters: { instance }, eventFilterPathPatterns: { ref } }
  return {
    id,
    platform: 'gcfv2',
    eventTrigger: { eventType: `google.firebase.database.ref.v1.${kind}`, ...filters },
  }
}

/** A trigger of the older kind. */
export function legacyFunction(id: string, kind: string, ref: string, instance: string) {
  return {
    id,
    platform: 'gcfv1',
    eventTrigger: {
      eventType: `providers/google.firebase.database/eventTypes/ref.${kind}`,
      resource: `projects/_/instances/${instance}/refs/${ref}`,
    },
  }
}

/** The two endpoints of the functions emulator that the database uses. */
export async function startFakeFunctionsEmulator(): Promise<FakeFunctionsEmulator> {
  let listings = 0
  const server = createServer((request, response) => {
    void (async () => {
      if (request.url === '/backends') {
        listings += 1
        response.end(JSON.stringify({ backends: [{ directory: '/', functionTriggers: emulator.functions }] }))
        return
      }
      const [, name] = /^\/functions\/projects\/demo-test\/triggers\/(.+)$/.exec(request.url ?? '') ?? []
      if (name === undefined || request.method !== 'POST') {
        response.writeHead(404).end()
        return
      }
      const event = JSON.parse(await text(request)) as FunctionCall['event']
      emulator.attempts.push(event['id'] ?? event['eventId'])
      const status = await emulator.answer(name)
      if (status === 'break off') {
        response.destroy()
        return
      }
      if (status === 200) {
        emulator.calls.push({ name, contentType: request.headers['content-type'] ?? '', event })
      }
      response.writeHead(status).end()
    })()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const emulator: FakeFunctionsEmulator = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    functions: [],
    answer: (name) => (name.endsWith('-0') ? 200 : 404),
    calls: [],
    attempts: [],
    listings: () => listings,
  }
  return emulator
}
