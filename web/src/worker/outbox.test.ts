import { describe, expect, test } from 'vitest'
import { idOf, type NewMessage } from './call-writes.ts'
import { newId } from './new-id.ts'
import { Outbox } from './outbox.ts'
import { Sender, type WritePort } from './sender.ts'
import { memoryStorage } from './storage.fixture.ts'

const message = (content: string, conversation_id = 'conv_1'): NewMessage => ({
  kind: 'message',
  message_id: newId('msg'),
  call_id: 'call_1',
  conversation_id,
  worker_id: 'worker_1',
  content,
  timestamp: '2025-10-03T11:58:04+05:30',
})
const contents = (outbox: Outbox) =>
  outbox
    .entries()
    .map(({ write, status }) => `${write.kind === 'message' ? write.content : 'call'}: ${status}`)

/** A database that answers each write as told: it refuses, loses its answer, or takes it once. */
function fakeDatabase(...answers: ('ack' | 'deny' | 'lost' | 'fail')[]) {
  const stored: string[] = []
  const sent: string[] = []
  const port: WritePort = {
    send: (write) => {
      const id = idOf(write)
      sent.push(id)
      const answer = answers.shift() ?? 'ack'
      const isNew = !stored.includes(id)
      if (answer === 'fail') return Promise.reject(new Error('busy'))
      if (answer === 'deny' || !isNew) return Promise.reject(new Error('PERMISSION_DENIED'))
      stored.push(id)
      return answer === 'lost' ? Promise.reject(new Error('gone')) : Promise.resolve()
    },
    isStored: (write) => Promise.resolve(stored.includes(idOf(write))),
    isRefusal: (error) => error instanceof Error && error.message === 'PERMISSION_DENIED',
  }
  return { port, stored, sent }
}

describe('the outbox', () => {
  test('survives a reload, in the order of writing', () => {
    const storage = memoryStorage()
    const first = new Outbox(storage, 'worker_1')
    for (const text of ['one', 'two', 'three']) first.add(message(text))
    first.signal(idOf(first.entries()[0]!.write), 'start')
    expect(contents(new Outbox(storage, 'worker_1'))).toEqual(['one: queued', 'two: queued', 'three: queued'])
    expect(contents(new Outbox(storage, 'worker_2'))).toEqual([])
  })

  test('forgets on the device what was sent, and keeps what was refused', () => {
    const storage = memoryStorage()
    const outbox = new Outbox(storage, 'worker_1')
    outbox.add(message('one'))
    outbox.add(message('two'))
    const [one, two] = outbox.entries().map(({ write }) => idOf(write))
    outbox.signal(one ?? '', 'acknowledged')
    for (const signal of ['start', 'denied', 'missing'] as const) outbox.signal(two ?? '', signal)
    expect(contents(outbox)).toEqual(['one: sent', 'two: refused'])
    expect(contents(new Outbox(storage, 'worker_1'))).toEqual(['two: refused'])
  })

  test('takes in what another tab has queued and delivered', () => {
    const storage = memoryStorage()
    const [here, there] = [new Outbox(storage, 'worker_1'), new Outbox(storage, 'worker_1')]
    here.add(message('one'))
    there.refresh()
    there.add(message('two'))
    there.signal(idOf(there.entries()[0]!.write), 'acknowledged')
    here.refresh()
    expect(contents(here)).toEqual(['one: sent', 'two: queued'])
  })

  test('sends even when the device has no room, and says so', () => {
    const outbox = new Outbox(memoryStorage({ room: 10 }), 'worker_1')
    outbox.add(message('one'))
    outbox.refresh()
    expect(contents(outbox)).toEqual(['one: queued'])
    expect(outbox.isDurable).toBe(false)
  })

  test('discards what belongs to a call that was left', () => {
    const storage = memoryStorage()
    const outbox = new Outbox(storage, 'worker_1')
    outbox.add(message('old'))
    outbox.add(message('new', 'conv_2'))
    outbox.discard('conv_1')
    expect(contents(outbox)).toEqual(['new: queued'])
    expect(contents(new Outbox(storage, 'worker_1'))).toEqual(['new: queued'])
  })

  test('refuses what the rules would refuse', () => {
    const outbox = new Outbox(memoryStorage(), 'worker_1')
    expect(() => outbox.add(message(''))).toThrow(/content/)
    expect(() => outbox.add(message('x'.repeat(4_001)))).toThrow(/content/)
  })
})

describe('the sender', () => {
  const send = async (answers: Parameters<typeof fakeDatabase>, texts: string[]) => {
    const outbox = new Outbox(memoryStorage(), 'worker_1')
    for (const text of texts) outbox.add(message(text))
    const database = fakeDatabase(...answers)
    const sender = new Sender(outbox, database.port, { retryMs: 1 })
    sender.wake()
    sender.wake()
    await expect
      .poll(() => outbox.entries().every(({ status }) => ['sent', 'refused'].includes(status)))
      .toBe(true)
    return { outbox, ...database }
  }

  test('sends one after the other, in order, each once', async () => {
    const { outbox, sent } = await send([], ['one', 'two', 'three'])
    expect(sent).toEqual(outbox.entries().map(({ write }) => idOf(write)))
    expect(contents(outbox)).toEqual(['one: sent', 'two: sent', 'three: sent'])
  })

  test('knows a write whose answer was lost as delivered, and does not double it', async () => {
    const { outbox, stored } = await send(['lost'], ['one'])
    expect(contents(outbox)).toEqual(['one: sent'])
    expect(stored).toHaveLength(1)
  })

  test('says plainly what was refused, and goes on with the rest', async () => {
    const { outbox } = await send(['deny'], ['one', 'two'])
    expect(contents(outbox)).toEqual(['one: refused', 'two: sent'])
  })

  test('tries again, and keeps the order, when the database is busy', async () => {
    const { outbox, sent } = await send(['fail', 'fail'], ['one', 'two'])
    const [one, two] = outbox.entries().map(({ write }) => idOf(write))
    expect(sent).toEqual([one, one, one, two])
  })

  test('overlooks nothing that is queued right after it found nothing to do', async () => {
    const outbox = new Outbox(memoryStorage(), 'worker_1')
    const sender = new Sender(outbox, fakeDatabase().port)
    sender.wake()
    outbox.add(message('one'))
    sender.wake()
    await expect.poll(() => contents(outbox)).toEqual(['one: sent'])
  })

  test('stops when it is told to', async () => {
    const outbox = new Outbox(memoryStorage(), 'worker_1')
    const { port, sent } = fakeDatabase()
    const sender = new Sender(outbox, port)
    sender.stop()
    outbox.add(message('one'))
    sender.wake()
    await Promise.resolve()
    expect(sent).toEqual([])
  })
})

test('ids of one device sort in the order in which they were made', () => {
  const ids = [newId('msg', 5_000), newId('msg', 5_000), newId('msg', 4_000), newId('msg', 6_000)]
  expect(ids.toSorted()).toEqual(ids)
  expect(ids[0]).toMatch(/^[A-Za-z0-9_:@+-]{1,128}$/)
})
