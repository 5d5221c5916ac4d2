import type { Query } from 'firebase-admin/database'
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
  const labels = `database="realtime",operation="${operation}",outcome="${outcome}"`
  const line = (await deps.metrics.text())
    .split('\n')
    .find((each) => each.startsWith(`database_call_duration_seconds_count{${labels}}`))
  return Number(line?.split(' ').at(-1) ?? 0)
}

test('counts and times what is asked of the Realtime Database by every connection, by what it is', async () => {
  await deps.writes.ref('things/one').set({ is: 'there', at: 1 })
  await deps.writes.ref().update({ 'things/two': { is: 'there', at: 2 } })
  await deps.database.ref('things').child('one').get()
  await deps.database.ref('things').orderByChild('at').limitToLast(1).get()
  await deps.transactions.ref('things/one/at').transaction((at: number | null) => (at ?? 0) + 1)
  await deps.writes.ref('things').remove()
  expect(
    await Promise.all(['set', 'update', 'get', 'transaction', 'remove'].map((each) => countOf(each, 'ok'))),
  ).toEqual([1, 1, 2, 1, 1])
  expect(await deps.metrics.text()).not.toContain('things')
})

test('tells what the rules refuse from what goes well, and from what fails', async () => {
  const { databaseHost } = suiteHosts()
  const namespace = new URL(deps.config.databaseUrl).hostname.split('.')[0]
  await fetch(`http://${databaseHost}/.settings/rules.json?ns=${namespace}`, {
    method: 'PUT',
    headers: { authorization: 'Bearer owner' },
    body: JSON.stringify({ rules: { '.write': false } }),
  })
  await expect(deps.guarded.ref('things').set(1)).rejects.toThrow('PERMISSION_DENIED')
  expect([
    await countOf('set', 'refused'),
    await countOf('set', 'ok'),
    await countOf('set', 'failed'),
  ]).toEqual([1, 0, 0])
})

test('is the same database: queries know one another, and listeners come and go', async () => {
  const list = deps.database.ref('things').orderByChild('at')
  expect([
    list.isEqual(deps.database.ref('things').orderByChild('at')),
    list.isEqual(deps.database.ref('things') as Query),
  ]).toEqual([true, false])
  const heard: unknown[] = []
  const first = Promise.withResolvers<void>()
  const onValue = list.on('value', (snapshot) => {
    heard.push(snapshot.val())
    first.resolve()
  })
  await first.promise
  list.off('value', onValue)
  await deps.writes.ref('things/one').set({ at: 1 })
  expect(heard).toEqual([null])
})
