/** Who holds and awaits locks: a transaction. */
export interface LockOwner {
  readonly held: Set<string>
  readonly awaited: Set<string>
}

interface Waiter {
  readonly owner: LockOwner
  readonly grant: () => void
}

interface Lock {
  holder: LockOwner
  readonly waiters: Waiter[]
}

/**
 * First-come-first-served locks that keep contending transactions from undoing each other's work again and again. They
 * are a courtesy, not what makes commits correct (`Transactions` checks every read for that): a wait ends
 * by itself, and a transaction that waited in vain goes on and takes the lock with it.
 */
export class Locks {
  readonly #locks = new Map<string, Lock>()

  /** Resolves once the owner holds the lock: when it is free, at once where waiting could never end, or after `waitMs`. */
  acquire(owner: LockOwner, key: string, waitMs: number): Promise<void> {
    const lock = this.#locks.get(key)
    if (lock === undefined) {
      this.#locks.set(key, { holder: owner, waiters: [] })
      owner.held.add(key)
      return Promise.resolve()
    }
    if (lock.holder === owner || this.#awaits(lock.holder, owner, new Set())) return Promise.resolve()
    return new Promise((resolve) => {
      owner.awaited.add(key)
      const timer = setTimeout(() => {
        lock.waiters.splice(lock.waiters.indexOf(waiter), 1)
        if (this.#locks.get(key) === lock) lock.holder.held.delete(key)
        waiter.grant()
      }, waitMs)
      const waiter: Waiter = {
        owner,
        grant: () => {
          clearTimeout(timer)
          owner.awaited.delete(key)
          if (this.#locks.get(key) === lock) {
            lock.holder = owner
            owner.held.add(key)
          }
          resolve()
        },
      }
      lock.waiters.push(waiter)
    })
  }

  /** Gives up all that the owner holds; each lock goes to whoever waited longest. */
  release(owner: LockOwner): void {
    for (const key of owner.held) {
      const lock = this.#locks.get(key)
      if (lock?.holder !== owner) continue
      const next = lock.waiters.shift()
      if (next === undefined) this.#locks.delete(key)
      else next.grant()
    }
    owner.held.clear()
  }

  /** Whether one owner waits for another, over however many in between. */
  #awaits(from: LockOwner, to: LockOwner, seen: Set<LockOwner>): boolean {
    if (seen.has(from)) return false
    seen.add(from)
    for (const key of from.awaited) {
      const holder = this.#locks.get(key)?.holder
      if (holder !== undefined && (holder === to || this.#awaits(holder, to, seen))) return true
    }
    return false
  }
}
