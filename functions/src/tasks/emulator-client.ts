import { CloudTasksClient } from '@google-cloud/tasks'

type ClientOptions = NonNullable<ConstructorParameters<typeof CloudTasksClient>[0]>

/** What the emulator's plain-text refusals are in Google's error bodies, by HTTP status. */
const STATUS_NAMES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
}

/** A client of the Tasks emulator, which speaks the service's HTTP form with differences that are ironed out here. */
export function emulatorClient(host: string): CloudTasksClient {
  const [apiEndpoint, port] = host.split(/:(?=\d+$)/)
  return new CloudTasksClient({
    fallback: true,
    protocol: 'http',
    apiEndpoint: apiEndpoint ?? host,
    port: Number(port),
    // Typed as Google's class, of which the client uses these members only.
    auth: new EmulatorAuth() as unknown as NonNullable<ClientOptions['auth']>,
  })
}

/** Stands in for Google's credentials, which the emulator does not ask for. */
class EmulatorAuth {
  readonly universeDomain = 'googleapis.com'

  async getRequestHeaders(): Promise<Headers> {
    return new Headers()
  }

  async fetch(address: string, { method, body, signal }: RequestInit): Promise<Response> {
    const url = new URL(address)
    url.pathname = url.pathname.replace(/^\/v2\//, '/')
    url.search = ''
    const response = await fetch(url, {
      method: method ?? 'GET',
      headers: { 'Content-Type': 'application/json' },
      ...(body && { body: inEmulatorForm(body as string) }),
      signal: signal ?? null,
    })
    const text = await response.text()
    if (!response.ok) return refusal(response.status, text)
    // A deletion answers with something of its own where the service answers with nothing.
    const task = method === 'DELETE' ? {} : withoutBody((JSON.parse(text) as { task: EmulatedTask }).task)
    return Response.json(task)
  }
}

interface EmulatedTask {
  httpRequest: { url?: string; body?: unknown }
}

/** Without an address the emulator sends a task to the function that has the queue's name. */
function inEmulatorForm(body: string): string {
  const request = JSON.parse(body) as { task: EmulatedTask }
  request.task.httpRequest.url = ''
  return JSON.stringify(request)
}

/** The emulator answers with the body it has decoded, which the client would take for base64. */
function withoutBody(task: EmulatedTask): EmulatedTask {
  return { ...task, httpRequest: { ...task.httpRequest, body: '' } }
}

function refusal(status: number, message: string): Response {
  const error = { code: status, message, status: STATUS_NAMES[status] ?? 'UNAVAILABLE' }
  return Response.json({ error }, { status })
}
