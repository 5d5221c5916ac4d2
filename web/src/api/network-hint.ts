/** What the device believes about its network. `true` proves nothing; `false` may be wrong on one machine alone. */
export type NetworkHint = {
  isOnline: () => boolean
  /** Tells when the belief changes. */
  subscribe: (listener: () => void) => () => void
}

/** The browser's own hint. */
export const browserNetwork: NetworkHint = {
  isOnline: () => navigator.onLine,
  subscribe: (listener) => {
    window.addEventListener('online', listener)
    window.addEventListener('offline', listener)
    return () => {
      window.removeEventListener('online', listener)
      window.removeEventListener('offline', listener)
    }
  },
}
