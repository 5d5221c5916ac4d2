/** A stored file that cannot be read to its end although no crash explains it. Nothing is dropped by guess. */
export class DamagedFileError extends Error {
  override readonly name = 'DamagedFileError'
}
