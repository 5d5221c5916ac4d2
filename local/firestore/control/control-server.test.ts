import { request } from 'node:http'
import { json, text } from 'node:stream/consumers'

import { describe, expect, test } from 'vitest'

import { useFirestore } from '../testing/use-firestore.ts'

const { collection, connect, firestore, server } = useFirestore()

const path = (project: string, database = '(default)') =>
  `/emulator/v1/projects/${project}/databases/${database}/documents`

function send(method: string, target: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; body: () => Promise<unknown>; text: () => Promise<string> }>(
    (resolve, reject) => {
      request({ port: server().port, host: '127.0.0.1', method, path: target, headers }, (response) => {
        resolve({ status: response.statusCode ?? 0, body: () => json(response), text: () => text(response) })
      })
        .on('error', reject)
        .end()
    },
  )
}

describe('emptying a database', () => {
  test('takes every document of it and of no other', async () => {
    const other = connect({ databaseId: 'other' })
    await other.doc('c/d').set({})
    await firestore().doc('a/b/c/d').set({})
    const { status, body } = await send('DELETE', path('demo-test'))
    expect([status, await body()]).toEqual([200, {}])
    expect(await firestore().listCollections()).toEqual([])
    expect((await firestore().doc('a/b/c/d').get()).exists).toBe(false)
    expect((await other.doc('c/d').get()).exists).toBe(true)
  })

  test('is seen by live queries, and what is written afterwards is there', async () => {
    const calls = collection()
    await calls.doc('a').set({})
    const sizes: number[] = []
    await new Promise<void>((resolve, reject) => {
      const stop = calls.onSnapshot(({ size }) => {
        sizes.push(size)
        if (sizes.length === 1) send('DELETE', path('demo-test')).catch(reject)
        if (sizes.length === 2) calls.add({}).catch(reject)
        if (sizes.length < 3) return
        stop()
        resolve()
      }, reject)
    })
    expect(sizes).toEqual([1, 0, 1])
  })

  test('ends transactions, which then start over', async () => {
    const ref = collection().doc('d')
    let attempts = 0
    await firestore().runTransaction(async (transaction) => {
      await transaction.get(ref)
      if (++attempts === 1) await (await send('DELETE', path('demo-test'))).text()
      transaction.set(ref, { attempts })
    })
    expect((await ref.get()).get('attempts')).toBe(2)
  })
})

test.each([
  ['GET', '/', {}, 200],
  ['GET', path('demo-test'), {}, 405],
  ['DELETE', '/emulator/v1/projects/x', {}, 404],
  ['DELETE', path('%zz'), {}, 400],
  ['DELETE', path('demo-test'), { origin: 'http://evil.example' }, 403],
  ['DELETE', path('demo-test'), { host: 'evil.example' }, 403],
])('%s %s with %o answers %i', async (method, target, headers, expected) => {
  const response = await send(method, target, headers)
  expect(response.status).toBe(expected)
  await response.text()
})
