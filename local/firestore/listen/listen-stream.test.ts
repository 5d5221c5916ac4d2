import type { ClientDuplexStream } from '@grpc/grpc-js'
import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'

import type { RawClient } from '../testing/raw-client.ts'
import { rawClient } from '../testing/raw-client.ts'
import { useFirestore } from '../testing/use-firestore.ts'

const { collection, firestore, server } = useFirestore()
const database = 'projects/demo-test/databases/(default)'
const documents = `${database}/documents`

let raw: RawClient
beforeAll(() => {
  raw = rawClient(server().port)
})
afterAll(() => raw.close())

interface Message {
  readonly targetChange?: {
    readonly targetChangeType?: string
    readonly targetIds?: readonly number[]
    readonly resumeToken?: Buffer
    readonly readTime?: object
    readonly cause?: { readonly code: number; readonly message: string }
  }
  readonly documentChange?: {
    readonly document: { readonly name: string }
    readonly targetIds: readonly number[]
  }
  readonly documentDelete?: { readonly document: string }
  readonly documentRemove?: { readonly document: string }
}

const lastId = (name: string) => name.slice(name.lastIndexOf('/') + 1)

function describeMessage({ targetChange, documentChange, documentDelete, documentRemove }: Message): string {
  if (documentChange) return `change ${lastId(documentChange.document.name)}`
  if (documentDelete) return `delete ${lastId(documentDelete.document)}`
  if (documentRemove) return `remove ${lastId(documentRemove.document)}`
  return targetChange?.targetChangeType ?? 'NO_CHANGE'
}

/** A Listen stream whose messages are read moment by moment. */
class Listener {
  readonly stream: ClientDuplexStream<object, Message>
  readonly #messages: Message[] = []
  #wake: () => void = () => undefined

  constructor() {
    this.stream = raw.duplex('Listen')
    this.stream.on('error', () => undefined)
    this.stream.on('data', (message: Message) => {
      this.#messages.push(message)
      this.#wake()
    })
    onTestFinished(() => this.stream.cancel())
  }

  add(target: object, targetId = 1): this {
    this.stream.write({ database, addTarget: { targetId, ...target } })
    return this
  }

  /** All messages up to the first that fits, which is taken for the end of a moment. */
  async until(isLast: (message: Message) => boolean): Promise<Message[]> {
    for (;;) {
      const last = this.#messages.findIndex(isLast)
      if (last >= 0) return this.#messages.splice(0, last + 1)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  moment(): Promise<Message[]> {
    return this.until(
      ({ targetChange }) => targetChange?.readTime !== undefined && !targetChange.targetIds?.length,
    )
  }
}

const told = (messages: readonly Message[]) => messages.map(describeMessage)
const tokenOf = (messages: readonly Message[]) =>
  messages.at(-1)?.targetChange?.resumeToken ?? Buffer.alloc(0)
const queryOf = (path: string, more: object = {}) => ({
  query: { parent: documents, structuredQuery: { from: [{ collectionId: path }], ...more } },
})

describe('a target', () => {
  test('starts with its results, then is current, then the moment is named', async () => {
    const calls = collection()
    await calls.doc('a').set({})
    const messages = await new Listener().add(queryOf(calls.path)).moment()
    expect(told(messages)).toEqual(['ADD', 'change a', 'CURRENT', 'NO_CHANGE'])
    expect(tokenOf(messages).length).toBeGreaterThan(0)
  })

  test('that is wanted once ends after its results', async () => {
    const listener = new Listener().add({ ...queryOf(collection().path), once: true })
    const messages = await listener.until(({ targetChange }) => targetChange?.targetChangeType === 'REMOVE')
    expect(told(messages)).toEqual(['ADD', 'CURRENT', 'NO_CHANGE', 'REMOVE'])
  })

  test('says nothing more once it was removed', async () => {
    const [one, other] = [collection(), collection()]
    const listener = new Listener().add(queryOf(one.path), 1).add(queryOf(other.path), 2)
    await listener.moment()
    await listener.moment()
    listener.stream.write({ database, removeTarget: 1 })
    await listener.until(({ targetChange }) => targetChange?.targetChangeType === 'REMOVE')
    await one.doc('a').set({})
    await other.doc('b').set({})
    expect(told(await listener.moment())).toEqual(['change b', 'NO_CHANGE'])
  })

  test('of another database is refused, and the stream goes on', async () => {
    const calls = collection()
    const elsewhere = { documents: { documents: ['projects/other/databases/(default)/documents/a/b'] } }
    const listener = new Listener().add(elsewhere, 7)
    const [refusal] = await listener.until(({ targetChange }) => targetChange?.targetChangeType === 'REMOVE')
    expect(refusal?.targetChange).toMatchObject({ targetIds: [7], cause: { code: status.INVALID_ARGUMENT } })
    expect(told(await listener.add(queryOf(calls.path)).moment())).toEqual(['ADD', 'CURRENT', 'NO_CHANGE'])
  })

  test('learns of a commit at the same moment as the other targets of its stream', async () => {
    const calls = collection()
    const named = { documents: { documents: [`${documents}/${calls.path}/a`] } }
    const listener = new Listener().add(queryOf(calls.path), 1).add(named, 2)
    expect(told(await listener.moment())).toEqual(['ADD', 'CURRENT', 'NO_CHANGE'])
    expect(told(await listener.moment())).toEqual(['ADD', 'delete a', 'CURRENT', 'NO_CHANGE'])
    await firestore().batch().set(calls.doc('a'), {}).set(calls.doc('b'), {}).commit()
    const messages = await listener.moment()
    expect(told(messages).toSorted()).toEqual(['NO_CHANGE', 'change a', 'change a', 'change b'])
  })
})

describe('a client that comes back', () => {
  test.each<[string, object, string[]]>([
    ['a query', {}, ['delete a', 'change c', 'change d']],
    [
      'a filter',
      { where: { fieldFilter: { field: { fieldPath: 'n' }, op: 'LESS_THAN', value: { integerValue: 4 } } } },
      ['delete a', 'remove c', 'change d'],
    ],
    ['a window', { limit: { value: 2 } }, ['delete a', 'change c']],
  ])('to %s is told what changed, and nothing else', async (_title, more, expected) => {
    const calls = collection()
    for (const [n, id] of ['a', 'b', 'c'].entries()) await calls.doc(id).set({ n })
    const token = tokenOf(await new Listener().add(queryOf(calls.path, more)).moment())
    await calls.doc('c').update({ n: 9 })
    await calls.doc('a').delete()
    await calls.doc('d').set({ n: 3 })
    await calls.doc('gone').set({ n: 1 })
    await calls.doc('gone').delete()
    const messages = told(
      await new Listener().add({ ...queryOf(calls.path, more), resumeToken: token }).moment(),
    )
    expect(messages.slice(1, -2).toSorted()).toEqual(expected.toSorted())
    expect([messages[0], ...messages.slice(-2)]).toEqual(['ADD', 'CURRENT', 'NO_CHANGE'])
  })

  test('to a document is told only if that changed', async () => {
    const calls = collection()
    const target = { documents: { documents: [`${documents}/${calls.path}/a`] } }
    const token = tokenOf(await new Listener().add(target).moment())
    await calls.doc('b').set({})
    const idle = await new Listener().add({ ...target, resumeToken: token }).moment()
    expect(told(idle)).toEqual(['ADD', 'CURRENT', 'NO_CHANGE'])
    await calls.doc('a').set({})
    const changed = await new Listener().add({ ...target, resumeToken: token }).moment()
    expect(told(changed)).toEqual(['ADD', 'change a', 'CURRENT', 'NO_CHANGE'])
  })

  test.each([
    ['of another server', Buffer.alloc(16, 7)],
    ['that is none', Buffer.from('x')],
  ])('with a token %s starts over', async (_title, resumeToken) => {
    const calls = collection()
    await calls.doc('a').set({})
    const messages = await new Listener().add({ ...queryOf(calls.path), resumeToken }).moment()
    expect(told(messages)).toEqual(['ADD', 'RESET', 'change a', 'CURRENT', 'NO_CHANGE'])
  })

  test('with a time is told what changed since', async () => {
    const calls = collection()
    await calls.doc('a').set({})
    const { readTime } = await calls.get()
    await calls.doc('b').set({})
    const since = { readTime: { seconds: String(readTime.seconds), nanos: readTime.nanoseconds } }
    const messages = await new Listener().add({ ...queryOf(calls.path), ...since }).moment()
    expect(told(messages)).toEqual(['ADD', 'change b', 'CURRENT', 'NO_CHANGE'])
  })
})

test('a client that does not keep up gets the latest state, not every step', async () => {
  const ref = collection().doc('busy')
  const listener = new Listener().add({ documents: { documents: [`${documents}/${ref.path}`] } })
  await listener.moment()
  listener.stream.pause()
  const body = 'x'.repeat(20_000)
  for (let n = 1; n <= 200; n++) await ref.set({ n, body })
  listener.stream.resume()
  const isLast = ({ documentChange }: Message) =>
    (documentChange?.document as { fields?: { n?: { integerValue?: string } } } | undefined)?.fields?.n
      ?.integerValue === '200'
  const steps = told(await listener.until(isLast)).filter((message) => message === 'change busy')
  expect(steps.length).toBeLessThan(100)
})
