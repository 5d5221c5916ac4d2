import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { allRoutes } from './app.ts'
import { createDeps } from './deps.ts'
import { testConfig } from './platform/testing/test-config.ts'

/** Asked of each instance by who watches it, never through Hosting. */
const NOT_HOSTED = new Set(['/metrics'])

/** As Hosting reads a rewrite's source: `**` any number of parts, `*` one. */
const matches = (source: string, path: string): boolean =>
  new RegExp(
    `^${source
      .split('/')
      .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]+' : part.replaceAll('.', String.raw`\.`)))
      .join('/')}$`,
  ).test(path)

test('Hosting leads every path of the API to the API, and none of them to the web client', async () => {
  const file = await readFile(new URL('../../firebase.json', import.meta.url), 'utf8')
  const { rewrites } = (
    JSON.parse(file) as { hosting: { rewrites: { source: string; function?: { functionId: string } }[] } }
  ).hosting
  const deps = createDeps(testConfig())
  const paths = allRoutes(deps)
    .map(({ path }) => path.replaceAll(/\{[^}]+\}/g, 'some-id'))
    .filter((path) => !NOT_HOSTED.has(path))
  await deps.close()
  expect(paths.length).toBeGreaterThan(50)
  const lost = paths.filter(
    (path) => rewrites.find(({ source }) => matches(source, path))?.function?.functionId !== 'api',
  )
  expect(lost).toEqual([])
})
