import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

async function readJson(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
}

test('the lockfile that is deployed knows every dependency of functions at the version the tests ran on', async () => {
  const { dependencies } = (await readJson('functions/package.json')) as { dependencies: Record<string, string> }
  const deployed = (await readJson('functions/package-lock.json')).packages as Record<string, { version: string }>
  const tested = (await readJson('package-lock.json')).packages as Record<string, { version: string }>
  for (const name of Object.keys(dependencies)) {
    const version = deployed[`node_modules/${name}`]?.version
    const here = tested[`functions/node_modules/${name}`] ?? tested[`node_modules/${name}`]
    expect([name, version]).toEqual([name, here?.version])
  }
})
