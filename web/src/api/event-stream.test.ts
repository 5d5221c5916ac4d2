import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { SignedOutError } from './errors.ts'
import { EventStream, type EventStreamOptions, type StreamTimings } from './event-stream.ts'
import {
  begin,
  ending,
  fakeNetwork,
  refusing,
  serve as listen,
  streaming,
  type Answer,
} from './stream-server.fixture.ts'

const EVENTS = { greeting: z.object({ text: z.string() }), ended: z.object({ message: z.string() }) }
type Options = EventStreamOptions<typeof EVENTS>

const FAST: Partial<StreamTimings> = { heartbeatMs: 10_000, connectMs: 10_000, retryBaseMs: 2, retryCapMs: 8 }

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

const serve = async (...answers: Answer[]) => {
  const server = await listen(...answers)
  cleanUps.push(server.close)
  return server
}

const failing = (code: string, error: string) => `event: error\ndata: ${JSON.stringify({ error, code })}\n\n`
const greeting = (text: string, id?: string) =>
  `${id === undefined ? '' : `id: ${id}\n`}event: greeting\ndata: ${JSON.stringify({ text })}\n\n`

function follow(url: string, options: Partial<Options> = {}) {
  const texts: string[] = []
  const statuses: string[] = []
  const stream = new EventStream<typeof EVENTS>({
    open: ({ lastEventId, signal }) =>
      fetch(url, { signal, headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId } }),
    events: EVENTS,
    onEvent: (event) => texts.push(event.event === 'greeting' ? event.data.text : event.data.message),
    network: fakeNetwork(),
    random: () => 0.5,
    ...options,
    timings: { ...FAST, ...options.timings },
  })
  stream.subscribe(() => {
    const { status } = stream.state()
    if (statuses.at(-1) !== status) statuses.push(status)
  })
  cleanUps.push(() => stream.close())
  const reaches = (status: string) => expect.poll(() => stream.state().status).toBe(status)
  return { stream, texts, statuses, reaches }
}

describe('an event stream', () => {
  test('delivers events in order, split anywhere in the bytes', async () => {
    const bytes = Buffer.from(greeting('नमस्ते') + greeting('two'))
    const { url } = await serve((response) => {
      begin(response)
      for (const byte of bytes) response.write(Buffer.of(byte))
    })
    const { texts, stream } = follow(url)
    await expect.poll(() => texts).toEqual(['नमस्ते', 'two'])
    expect(stream.state()).toMatchObject({ status: 'live', lostSince: null, failures: 0 })
  })

  test('resumes after the last event it took in', async () => {
    const { url, requests } = await serve(
      ending(greeting('one', '1.a'), greeting('two', '2.b')),
      streaming(greeting('three', '3.c')),
    )
    const { texts, statuses } = follow(url)
    await expect.poll(() => texts).toEqual(['one', 'two', 'three'])
    expect(requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '2.b'])
    expect(statuses).toEqual(['live', 'waiting', 'reconnecting', 'live'])
  })

  test('asks again for an event that it could not read', async () => {
    const broken = `id: 2.b\nevent: greeting\ndata: {"text":7}\n\n`
    const { url, requests } = await serve(
      streaming(greeting('one', '1.a'), broken),
      streaming(greeting('two')),
    )
    const { texts } = follow(url)
    await expect.poll(() => texts).toEqual(['one', 'two'])
    expect(requests[1]?.headers['last-event-id']).toBe('1.a')
  })

  test('lets events pass that it does not know', async () => {
    const { url, requests } = await serve(
      streaming('event: typing\ndata: {}\n\n', ': comment\n\n', greeting('one')),
    )
    const { texts } = follow(url)
    await expect.poll(() => texts).toEqual(['one'])
    expect(requests).toHaveLength(1)
  })

  test.each([
    ['a server error', (response: ServerResponse) => response.writeHead(503).end()],
    ['an answer that is no stream', (response: ServerResponse) => response.writeHead(200).end('<html>')],
    ['a connection that is cut', (response: ServerResponse) => response.destroy()],
  ])('tries again after %s', async (_, answer) => {
    const { url } = await serve(answer, answer, streaming(greeting('back')))
    const { texts, stream } = follow(url)
    await expect.poll(() => texts).toEqual(['back'])
    expect(stream.state()).toMatchObject({ status: 'live', failures: 2 })
  })

  test.each([403, 404])('accepts a %i as final and keeps its words', async (status) => {
    const { url, requests } = await serve(refusing(status, 'Not yours.'))
    const { stream, reaches } = follow(url)
    await reaches('denied')
    stream.retry()
    expect(stream.state()).toMatchObject({ status: 'denied', refusal: 'Not yours.' })
    expect(requests).toHaveLength(1)
  })

  test.each([
    ['a 401', refusing(401, 'no')],
    ['no session', undefined],
  ])('is signed out on %s', async (_, answer) => {
    const { url } = await serve(answer ?? streaming())
    const open = () => Promise.reject(new SignedOutError('none'))
    const { stream, reaches } = follow(url, answer === undefined ? { open } : {})
    await reaches('signed-out')
    expect(stream.state().lostSince).not.toBeNull()
  })

  test('ends with the conversation and does not come back', async () => {
    const { url, requests } = await serve(
      ending(greeting('one'), 'event: ended\ndata: {"message":"over"}\n\n'),
    )
    const { texts, reaches } = follow(url)
    await reaches('ended')
    expect(texts).toEqual(['one', 'over'])
    expect(requests).toHaveLength(1)
  })

  test('is told by an empty answer that nothing comes after its last event', async () => {
    const server = await serve(ending(greeting('one', '1')), (response) => void response.writeHead(204).end())
    const { reaches, texts } = follow(server.url)
    await reaches('ended')
    expect(texts).toEqual(['one'])
    expect(server.requests[1]?.headers['last-event-id']).toBe('1')
  })

  test('takes an error event as final', async () => {
    const { url } = await serve(
      streaming('event: error\ndata: {"error":"Taken over.","code":"forbidden"}\n\n'),
    )
    const { stream, reaches } = follow(url)
    await reaches('denied')
    expect(stream.state().refusal).toBe('Taken over.')
  })

  test.each([
    ['token-expired', true],
    ['token-revoked', true],
    ['unavailable', false],
  ])('comes back after the error %s, with a new token: %s', async (code, isRenewed) => {
    const { url } = await serve(streaming(failing(code, 'x')), streaming(greeting('one')))
    const renewals: boolean[] = []
    const { texts } = follow(url, {
      open: ({ renew, signal }) => {
        renewals.push(renew)
        return fetch(url, { signal })
      },
    })
    await expect.poll(() => texts).toEqual(['one'])
    expect(renewals).toEqual([false, isRenewed])
  })

  test('keeps its own pace after a goodbye that names a short wait', async () => {
    const { url } = await serve(
      ending('retry: 0\nevent: reconnect\ndata: {"reason":"deadline","retry_after_ms":0}\n\n'),
    )
    const { stream, reaches } = follow(url, {
      now: () => 1_000,
      timings: { retryBaseMs: 400, retryCapMs: 9_000 },
    })
    await reaches('waiting')
    expect(stream.state().retryAt).toBe(1_000 + 300)
  })

  test('comes back when the server asks for it, without counting a failure', async () => {
    const { url } = await serve(
      streaming('event: reconnect\ndata: {"reason":"shutdown","retry_after_ms":5}\n\n'),
      streaming(greeting('one')),
    )
    const { texts, stream } = follow(url)
    await expect.poll(() => texts).toEqual(['one'])
    expect(stream.state().failures).toBe(0)
  })

  test('waits at least as long as the server says, by field and by header', async () => {
    const { url } = await serve(ending('retry: 90000\n\n', greeting('one')))
    const { stream, reaches } = follow(url, { now: () => 1_000 })
    await reaches('waiting')
    expect(stream.state().retryAt).toBe(1_000 + 67_500)

    const busy = await serve((response) => response.writeHead(503, { 'retry-after': '40' }).end())
    const second = follow(busy.url, { now: () => 1_000 })
    await second.reaches('waiting')
    expect(second.stream.state().retryAt).toBe(1_000 + 45_000)
  })

  test('gives up a connection that fell silent, and stays with one that breathes', async () => {
    const timings = { heartbeatMs: 30 }
    const { url, requests } = await serve(streaming(greeting('one', '1')), (response) => {
      begin(response)
      const timer = setInterval(() => response.write(': \n\n'), 10)
      response.on('close', () => clearInterval(timer))
    })
    const { statuses, stream, reaches } = follow(url, { timings })
    await expect.poll(() => requests).toHaveLength(2)
    await reaches('live')
    const since = Date.now()
    await expect.poll(() => stream.state().heardAt).toBeGreaterThan(since + 200)
    expect(requests).toHaveLength(2)
    expect(statuses).toEqual(['live', 'waiting', 'reconnecting', 'live'])
  })

  test('gives up an attempt that nobody answers', async () => {
    const { url, requests } = await serve(() => undefined, streaming(greeting('one')))
    const { texts } = follow(url, { timings: { connectMs: 20 } })
    await expect.poll(() => texts).toEqual(['one'])
    expect(requests.length).toBeGreaterThanOrEqual(2)
  })

  test('says offline when the device does, and is back at once with the network', async () => {
    const network = fakeNetwork(false)
    const { url } = await serve((response) => response.destroy(), streaming(greeting('one')))
    const { texts, reaches } = follow(url, { network, timings: { retryBaseMs: 60_000, retryCapMs: 60_000 } })
    await reaches('offline')
    network.set(true)
    await expect.poll(() => texts).toEqual(['one'])
  })

  test('believes a server it can reach more than a device that says offline', async () => {
    const { url } = await serve(streaming(greeting('one')))
    const { texts, reaches } = follow(url, { network: fakeNetwork(false) })
    await reaches('live')
    await expect.poll(() => texts).toEqual(['one'])
  })

  test('leaves no connection behind when it is closed', async () => {
    let isOpen = false
    const { url } = await serve((response) => {
      isOpen = true
      response.on('close', () => (isOpen = false))
      streaming(greeting('one'))(response, response.req)
    })
    const { stream, texts } = follow(url)
    await expect.poll(() => texts).toEqual(['one'])
    stream.close()
    expect(stream.state().status).toBe('closed')
    await expect.poll(() => isOpen).toBe(false)
  })
})
