import { status } from '@grpc/grpc-js'

/**
 * A refusal that the caller sees as it is: a gRPC status code and the message production would send.
 * Anything else that is thrown reaches the caller as a bare INTERNAL.
 */
export class FirestoreError extends Error {
  readonly code: status

  constructor(code: status, message: string) {
    super(message)
    this.name = 'FirestoreError'
    this.code = code
  }
}

export const invalidArgument = (message: string) => new FirestoreError(status.INVALID_ARGUMENT, message)
export const failedPrecondition = (message: string) => new FirestoreError(status.FAILED_PRECONDITION, message)
export const notFound = (message: string) => new FirestoreError(status.NOT_FOUND, message)
export const alreadyExists = (message: string) => new FirestoreError(status.ALREADY_EXISTS, message)
export const aborted = (message: string) => new FirestoreError(status.ABORTED, message)
export const permissionDenied = (message: string) => new FirestoreError(status.PERMISSION_DENIED, message)
