/** The bytes are not the recording that they began as. */
export class NotAudio extends Error {
  override readonly name = 'NotAudio'
}
