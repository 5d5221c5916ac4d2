import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

interface Locked {
  version?: string
  optionalDependencies?: Record<string, string>
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
}

async function lockedPackages(file: string): Promise<Record<string, Locked>> {
  return (await readJson(file)).packages as Record<string, Locked>
}

test('the lockfile that is deployed knows every dependency of functions at the version the tests ran on', async () => {
  const { dependencies } = (await readJson('functions/package.json')) as {
    dependencies: Record<string, string>
  }
  const deployed = await lockedPackages('functions/package-lock.json')
  const tested = await lockedPackages('package-lock.json')
  for (const name of Object.keys(dependencies)) {
    const version = deployed[`node_modules/${name}`]?.version
    const here = tested[`functions/node_modules/${name}`] ?? tested[`node_modules/${name}`]
    expect([name, version]).toEqual([name, here?.version])
  }
})

// npm leaves out what the registry at hand does not offer for other platforms, and `npm ci` then refuses everywhere.
test.each(['package-lock.json', 'functions/package-lock.json'])(
  '%s is whole for every platform',
  async (file) => {
    const packages = await lockedPackages(file)
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
      ),
    )
    expect(missing).toEqual([])
  },
)
