import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const roots = ['functions/src', 'local', 'web/src', 'bench']
const under = (suffix: string) => roots.map((root) => `${root}/**/*${suffix}`)

// Google's libraries ask a metadata server who they are; a test machine has none, and the question takes a while.
process.env.METADATA_SERVER_DETECTION = 'none'

/** How long a test waits for what must come (ms): no time at all when it does, so that a busy machine fails nothing. */
const patience = { poll: { timeout: 20_000 } }

/**
 * Files of `unit` and `suite` at once. Vitest's own choice is a core less than there are: with two cores one file after
 * the other, most of them waiting for a server or a clock, and not before the browser tests but after them.
 */
const maxWorkers = availableParallelism()

/** Three kinds of test: `unit` needs nothing running, `suite` the embedded suite, `browser` that and Chromium. */
export default defineConfig({
  test: {
    // What the SDKs say about writes that a test wants refused would bury everything else.
    silent: 'passed-only',
    projects: [
      {
        test: {
          name: 'unit',
          expect: patience,
          include: under('.test.ts'),
          exclude: ['**/node_modules/**', ...under('.suite.test.ts'), ...under('.browser.test.ts')],
          maxWorkers,
          // No test is about how fast a machine is; a busy one needs longer for the thorough ones.
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'suite',
          expect: patience,
          include: under('.suite.test.ts'),
          globalSetup: ['local/testing/suite-setup.ts'],
          maxWorkers,
          // Some start a process of the product, which takes half a minute where ten others want the same core.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          expect: patience,
          include: under('.browser.test.ts'),
          globalSetup: ['local/testing/browser-setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          // Each brings a suite, a gateway, functions and a browser along. One set of the official databases is heavy enough.
          maxWorkers: process.env.LIFELINE_DATABASES === 'official' ? 1 : Math.min(4, availableParallelism()),
          // After all others, for it is the longest.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
