/** Nobody is signed in, or no longer. */
export class SignedOutError extends Error {
  override name = 'SignedOutError'
}

/** The server could not be reached, or did not answer. */
export class UnreachableError extends Error {
  override name = 'UnreachableError'
}

/** The server's refusal. `message` is written for people, `details` for programs. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

/** The server answered what its contract does not allow: another version of it, or not our server at all. */
export class ContractError extends Error {
  override name = 'ContractError'
}

/** One sentence for a person who cannot see the program: what happened, and what to do. */
export function describeError(error: unknown): string {
  if (error instanceof UnreachableError)
    return 'The server cannot be reached. Check your connection and try again.'
  if (error instanceof SignedOutError) return 'You are signed out. Log in again.'
  if (error instanceof ApiError && error.status < 500) return error.message
  if (error instanceof ContractError)
    return 'The server answered in a way this page does not understand. Reload the page.'
  return 'The server has a problem. Try again in a moment.'
}
