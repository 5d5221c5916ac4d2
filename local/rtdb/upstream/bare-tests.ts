import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { sdkPackages } from './checkout.ts'
import type { SdkPackage } from './checkout.ts'

/** Where this repository's packages are. */
const installed = join(import.meta.dirname, '../../../node_modules')

/**
 * Makes a folder that runs like a checkout out of upstream's test files alone (`packages/database/test` and
 * `packages/database-compat/test`): the SDK's sources come from the source maps of the npm packages in this
 * repository, and Vitest is this repository's. Packages that the tests need besides are taken from the folder's own
 * `node_modules`. Returns the new folder, which the caller removes.
 */
export function assembleCheckout(tests: string): string {
  const root = mkdtempSync(join(tmpdir(), 'lifeline-sdk-'))
  symlinkSync(installed, join(root, 'node_modules'))
  const own = join(tests, 'node_modules')
  mkdirSync(join(root, 'packages'))
  if (existsSync(own)) symlinkSync(own, join(root, 'packages/node_modules'))
  mkdirSync(join(root, 'config'))
  writeFileSync(join(root, 'config/project.json'), '{"databaseURL":"https://unused.firebaseio.com"}')
  const component = join(root, 'config/component.js')
  writeFileSync(component, componentModule)
  for (const name of sdkPackages) {
    const folder = join(root, 'packages', name)
    mkdirSync(folder)
    cpSync(join(tests, 'packages', name, 'test'), join(folder, 'test'), { recursive: true })
    unpackSources(name, join(folder, 'src'))
    writeFileSync(join(folder, 'package.json'), `{"name":"@firebase/${name}","version":"0.0.0"}`)
    writeFileSync(
      join(folder, 'vitest.config.mjs'),
      vitestConfig(component, existsSync(join(folder, 'test/setup.ts'))),
    )
  }
  return root
}

/**
 * Writes the sources that the published bundles were made of. A module that only hands on names leaves nothing in a
 * bundle, so that its declarations stand in for it: they are the same statements.
 */
function unpackSources(name: SdkPackage, target: string): void {
  const dist = dirname(createRequire(import.meta.url).resolve(`@firebase/${name}`))
  const declarations = existsSync(join(dist, name)) ? join(dist, name, 'src') : join(dist, 'src')
  for (const entry of readdirSync(declarations, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.d.ts')) continue
    const file = join(target, entry.replace(/\.d\.ts$/, '.ts'))
    mkdirSync(dirname(file), { recursive: true })
    copyFileSync(join(declarations, entry), file)
  }
  for (const map of readdirSync(dist).filter((file) => file.endsWith('.map'))) {
    const { sources, sourcesContent }: { sources: string[]; sourcesContent: string[] } = JSON.parse(
      readFileSync(join(dist, map), 'utf8'),
    )
    for (const [index, source] of sources.entries()) {
      if (!source.startsWith('../src/')) continue
      const file = join(target, source.slice('../src/'.length))
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, sourcesContent[index] ?? '')
    }
  }
}

/** Stands in for a constant enumeration, which a published package has only in its declarations. */
const componentModule = `export * from '@firebase/component'
export const ComponentType = { PUBLIC: 'PUBLIC', PRIVATE: 'PRIVATE', VERSION: 'VERSION' }
`

/** The Node half of what upstream's own configuration says. */
const vitestConfig = (component: string, hasSetup: boolean): string => `export default {
  test: {
    projects: [
      {
        plugins: [
          {
            name: 'component',
            enforce: 'pre',
            resolveId: (id, importer) =>
              id === '@firebase/component' && !importer?.endsWith('config/component.js') ? '${component}' : null,
          },
        ],
        test: {
          name: 'node',
          globals: true,
          pool: 'forks',
          include: ['test/**/*.test.ts'],
          exclude: ['**/browser/**'],
          setupFiles: ${hasSetup ? "['test/setup.ts']" : '[]'},
          testTimeout: 10000,
        },
      },
    ],
  },
}
`
