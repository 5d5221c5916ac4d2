import { Firestore } from '@google-cloud/firestore'
import { deleteApp, initializeApp } from 'firebase-admin/app'
import { getFirestore } from 'firebase-admin/firestore'
import { afterEach, expect, test, vi } from 'vitest'

import { startFirestoreServer } from './server.ts'

afterEach(() => vi.unstubAllEnvs())

test('serves the client of firebase-admin through FIRESTORE_EMULATOR_HOST', async () => {
  const server = await startFirestoreServer({ port: 0 })
  vi.stubEnv('FIRESTORE_EMULATOR_HOST', `127.0.0.1:${server.port}`)
  const app = initializeApp({ projectId: 'demo-one' }, 'served')
  const calls = getFirestore(app).collection('calls')
  await calls.doc('call_1').set({ status: 'ACTIVE' })
  expect((await calls.where('status', '==', 'ACTIVE').get()).docs.map(({ id }) => id)).toEqual(['call_1'])
  await deleteApp(app)
  await server.close()
})

test('serves a bare client through FIRESTORE_EMULATOR_HOST', async () => {
  const server = await startFirestoreServer({ port: 0 })
  vi.stubEnv('FIRESTORE_EMULATOR_HOST', `127.0.0.1:${server.port}`)
  const firestore = new Firestore({ projectId: 'demo-one' })
  await firestore.doc('calls/call_1').create({ status: 'ACTIVE' })
  expect((await firestore.doc('calls/call_1').get()).data()).toEqual({ status: 'ACTIVE' })
  await firestore.terminate()
  await server.close()
})

test('refuses to bind to an address that other machines reach', async () => {
  await expect(startFirestoreServer({ port: 0, host: '0.0.0.0' })).rejects.toThrow('this machine only')
})

test('rejects when the port is taken', async () => {
  const server = await startFirestoreServer({ port: 0 })
  await expect(startFirestoreServer({ port: server.port })).rejects.toThrow('EADDRINUSE')
  await server.close()
})
