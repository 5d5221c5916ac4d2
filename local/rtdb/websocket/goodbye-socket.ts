import { WebSocket } from 'ws'

/**
 * A socket that emits `goodbye` as soon as either side begins to close it. `close` comes only when the peer has ended
 * the line as well, which may take as long as it likes.
 */
export class GoodbyeSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    super.close(code, reason)
    this.emit('goodbye')
  }
}
