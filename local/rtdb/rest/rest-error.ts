/** A refused request: its status, and the text that goes out as `{"error": …}` (protocol notes, section 6). */
export class RestError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'RestError'
    this.status = status
  }
}

/** The rules (or the lack of a right) stand against the request. */
export const permissionDenied = (): RestError => new RestError(401, 'Permission denied')
