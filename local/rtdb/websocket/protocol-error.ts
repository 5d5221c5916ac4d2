/** The peer broke the protocol: its connection is closed, and nothing else happens. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}
