/** Runs tasks one after another: at once while idle, so that the usual task costs no turn of the event loop. */
export interface Sequence {
  run(task: () => void | Promise<void>): void
  /** Runs it in its turn as well, and hands on what it returns or throws. */
  ask<T>(task: () => T): Promise<T>
}

/** @param onError is told when a task fails; the next one runs all the same. It must not throw. */
export function createSequence(onError: (error: unknown) => void): Sequence {
  const waiting: (() => void | Promise<void>)[] = []
  let busy = false

  function start(task: () => void | Promise<void>): Promise<void> | undefined {
    try {
      return task() ?? undefined
    } catch (error) {
      onError(error)
      return undefined
    }
  }

  async function drain(current: Promise<void>): Promise<void> {
    let pending: Promise<void> | undefined = current
    for (;;) {
      try {
        await pending
      } catch (error) {
        onError(error)
      }
      const next = waiting.shift()
      if (next === undefined) break
      pending = start(next)
    }
    busy = false
  }

  function run(task: () => void | Promise<void>): void {
    if (busy) {
      waiting.push(task)
      return
    }
    busy = true
    const pending = start(task)
    if (pending === undefined && waiting.length === 0) busy = false
    else void drain(pending ?? Promise.resolve())
  }

  return {
    run,
    ask: (task) =>
      new Promise((resolve, reject) => {
        run(() => {
          try {
            resolve(task())
          } catch (error) {
            reject(error)
          }
        })
      }),
  }
}
