import type { TestProject } from 'vitest/node'
import { freePorts } from '../suite/ports.ts'
import { PORTS_OF_A_SUITE, startTestSuite, type TestSuite } from './suite-setup.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A suite for each test file that runs at the same time: workers sign in and so share its one project. */
    lanes: TestSuite[]
  }
}

/** As many suites as browser test files may run at once. */
export async function setup({ config, provide }: TestProject): Promise<() => Promise<void>> {
  // Found together, lest two suites find the same.
  const ports = await freePorts(config.maxWorkers * PORTS_OF_A_SUITE)
  const lanes = await Promise.all(
    Array.from({ length: config.maxWorkers }, (_, lane) =>
      startTestSuite(ports.slice(lane * PORTS_OF_A_SUITE, (lane + 1) * PORTS_OF_A_SUITE)),
    ),
  )
  provide(
    'lanes',
    lanes.map(({ suite }) => suite),
  )
  return async () => {
    await Promise.all(lanes.map(({ stop }) => stop()))
  }
}
