import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Deps, createDeps } from '../deps.ts'
import { suiteHosts } from './testing/suite-hosts.ts'
import { testConfig } from './testing/test-config.ts'

let deps: Deps
beforeEach(() => {
  deps = createDeps(testConfig(suiteHosts()))
})
afterEach(() => deps.close())

const countOf = async (operation: string, outcome: string): Promise<number> => {
  const labels = `database="firestore",operation="${operation}",outcome="${outcome}"`
  const line = (await deps.metrics.text())
    .split('\n')
    .find((each) => each.startsWith(`database_call_duration_seconds_count{${labels}}`))
  return Number(line?.split(' ').at(-1) ?? 0)
}

test('counts and times what is asked of Firestore, by what it is', async () => {
  const document = deps.firestore.doc('things/one')
  await document.set({ is: 'there' })
  await document.get()
  await document.get()
  await deps.firestore.runTransaction(async (transaction) => {
    transaction.update(document, { is: (await transaction.get(document)).get('is') })
  })
  await deps.firestore.collection('things').where('is', '==', 'there').get()
  expect(await countOf('DocumentReference.Get', 'ok')).toBe(2)
  expect(await countOf('DocumentReference.Set', 'ok')).toBe(1)
  expect(await countOf('Transaction.Commit', 'ok')).toBe(1)
  expect(await countOf('Query.Get', 'ok')).toBe(1)
  expect(await deps.metrics.text()).not.toContain('things')
})

test('tells what failed from what went well', async () => {
  await expect(deps.firestore.doc('things/none').update({ is: 'there' })).rejects.toThrow('NOT_FOUND')
  expect(await countOf('DocumentReference.Update', 'failed')).toBe(1)
  expect(await countOf('DocumentReference.Update', 'ok')).toBe(0)
})
