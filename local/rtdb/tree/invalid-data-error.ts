/** Data, a path or a query that the database refuses whatever the rules say (REST answers it with 400). */
export class InvalidDataError extends Error {
  override readonly name = 'InvalidDataError'
}
