import { InvalidDataError } from './invalid-data-error.ts'

/** A location: its keys from the root down. The root is the empty array. */
export type Path = readonly string[]

export const rootPath: Path = []

/** The last step of a path that names a node's priority rather than a child. */
export const priorityKey = '.priority'

const maxPathBytes = 768
const maxDepth = 32
// eslint-disable-next-line no-control-regex -- control characters are among what a key must not hold
const forbiddenInKey = /[.#$/[\]\u0000-\u001f\u007f]/

/** Whether text can be a child's key (protocol notes, section 1). */
export function isValidKey(key: string): boolean {
  return key !== '' && !forbiddenInKey.test(key)
}

/**
 * Reads `a/b/c` (slashes at either end and doubled ones are skipped, nothing is decoded).
 * @throws InvalidDataError for a bad key, more than 32 keys, or more than 768 bytes.
 */
export function parsePath(text: string): Path {
  return checkPath(text.split('/').filter((key) => key !== ''))
}

/** Like {@link parsePath}, and the last step may be `.priority`. */
export function parseWritePath(text: string): Path {
  const path = text.split('/').filter((key) => key !== '')
  if (path.at(-1) !== priorityKey) return checkPath(path)
  return [...checkPath(path.slice(0, -1)), priorityKey]
}

/** Checks keys that were split elsewhere (a REST URL decodes each one by itself) and returns them. */
export function checkPath(path: Path): Path {
  for (const key of path) {
    if (!isValidKey(key)) throw new InvalidDataError(`Invalid key in path: ${JSON.stringify(key)}`)
  }
  checkPathSize(path)
  return path
}

/** @throws InvalidDataError when a location lies deeper, or its path is longer, than the database takes. */
export function checkPathSize(path: Path): void {
  if (path.length > maxDepth) throw new InvalidDataError(`Path is deeper than ${maxDepth} keys`)
  let bytes = Math.max(0, path.length - 1)
  for (const key of path) bytes += Buffer.byteLength(key)
  if (bytes > maxPathBytes) throw new InvalidDataError(`Path is longer than ${maxPathBytes} bytes`)
}

/** `a/b/c`, without a leading slash; the root is `''`. */
export function formatPath(path: Path): string {
  return path.join('/')
}

/** Whether `path` is `ancestor` or lies below it. */
export function isAtOrBelow(path: Path, ancestor: Path): boolean {
  return path.length >= ancestor.length && ancestor.every((key, index) => path[index] === key)
}

export function joinPath(base: Path, rest: Path): Path {
  return rest.length === 0 ? base : [...base, ...rest]
}
