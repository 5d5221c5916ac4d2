import { createServer } from 'node:net'

const HOST = '127.0.0.1'

/** Tells whether a server could listen on this port of the loopback address now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => {
      resolve(false)
    })
    probe.listen(port, HOST, () => {
      probe.close(() => {
        resolve(true)
      })
    })
  })
}

/** The wanted port, or the nearest free one above it. Throws when a hundred in a row are taken. */
export async function freePortFrom(wanted: number, taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let port = wanted; port < wanted + 100; port++) {
    if (!taken.has(port) && (await isFree(port))) return port
  }
  throw new Error(`No free port between ${wanted} and ${wanted + 99}`)
}

/** As many different free ports as asked for, chosen by the operating system. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from({ length: count }, () => {
      const probe = createServer()
      return new Promise<typeof probe>((resolve, reject) => {
        probe.once('error', reject)
        probe.listen(0, HOST, () => {
          resolve(probe)
        })
      })
    }),
  )
  const ports = probes.map((probe) => {
    const address = probe.address()
    if (address === null || typeof address === 'string') throw new Error('Expected a TCP address')
    return address.port
  })
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))))
  return ports
}
