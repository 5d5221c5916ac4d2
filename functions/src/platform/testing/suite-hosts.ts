import { inject } from 'vitest'
import type { SuiteHosts } from './test-config.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the parts of the suite that `*.suite.test.ts` files share listen. */
    suite: SuiteHosts
  }
}

/** The suite that this test run brought up; for `*.suite.test.ts` files only. */
export const suiteHosts = (): SuiteHosts => inject('suite')
