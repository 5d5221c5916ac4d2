import { once } from 'node:events'
import { type ServerResponse, createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Response } from 'express'
import { afterEach, expect, test } from 'vitest'
import { responseSink } from './response-sink.ts'

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`

/** Sends `/first` and `/stream` on one connection at once; `/first` is answered only when the test says so. */
async function openBehindAnotherAnswer() {
  const opened = Promise.withResolvers<ReturnType<typeof responseSink>>()
  let first: ServerResponse | undefined
  const server = createServer((incoming, response) => {
    if (incoming.url === '/first') first = response
    else opened.resolve(responseSink(response as Response, () => undefined))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  cleanUps.push(
    () => client.destroy(),
    () => server.close(),
  )
  let received = ''
  client.on('data', (bytes) => (received += bytes.toString()))
  client.write(request('/first') + request('/stream'))
  return {
    ...(await opened.promise),
    client,
    answerFirst: () => first?.end('done'),
    received: () => received,
  }
}

test('a stream that was asked for before another answer was out begins right behind it', async () => {
  const { sink, gone, answerFirst, received } = await openBehindAnotherAnswer()
  sink.write(Buffer.from('data: 1\n\n'), true)
  expect(gone.aborted).toBe(false)
  answerFirst()
  await expect.poll(received).toContain('data: 1\n\n')
  sink.write(Buffer.from('data: 2\n\n'), true)
  await expect.poll(received).toContain('data: 2\n\n')
})

test('a stream that waits behind another answer can be cut, and learns when its client has gone', async () => {
  const waiting = await openBehindAnotherAnswer()
  waiting.sink.destroy()
  await once(waiting.client, 'close')
  const left = await openBehindAnotherAnswer()
  left.client.destroy()
  await expect.poll(() => left.gone.aborted).toBe(true)
})
