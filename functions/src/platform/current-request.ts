import { AsyncLocalStorage } from 'node:async_hooks'

const current = new AsyncLocalStorage<string>()

/** Runs `work`, and all that it sets off, as part of this request. */
export const withinRequest = <T>(requestId: string, work: () => T): T => current.run(requestId, work)

/** The request that this is done for; null for what the server does by itself. */
export const currentRequestId = (): string | null => current.getStore() ?? null
