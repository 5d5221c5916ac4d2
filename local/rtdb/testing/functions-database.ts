import { expect, vi } from 'vitest'

import { startTestDatabase } from './database.ts'
import { startFakeFunctionsEmulator } from './functions-emulator.ts'
import type { FakeFunctionsEmulator, FunctionCall } from './functions-emulator.ts'

/** A database whose triggers are the given functions. `calls` waits for that many calls. Its clock stands still. */
export async function startWithFunctions(...functions: FakeFunctionsEmulator['functions']) {
  const emulator = await startFakeFunctionsEmulator()
  emulator.functions = functions
  const server = await startTestDatabase({ functionsOrigin: emulator.origin, now: () => 1_700_000_000_000 })
  const calls = (count: number) =>
    vi.waitFor(
      () => {
        expect(emulator.calls).toHaveLength(count)
        return emulator.calls
      },
      { timeout: 20_000 },
    )
  return { emulator, server, calls }
}

/** The database's part of an event. */
export function dataOf({ event }: Pick<FunctionCall, 'event'>): Readonly<Record<string, unknown>> {
  return event['data'] as Readonly<Record<string, unknown>>
}
