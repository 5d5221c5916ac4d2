import { fileURLToPath } from 'node:url'
import { startChild, type Child, type OnLine } from './child.ts'

const ENTRY = fileURLToPath(new URL('../../functions/src/gateway.ts', import.meta.url))

export interface GatewayOptions {
  root: string
  port: number
  env: NodeJS.ProcessEnv
  onLine?: OnLine
}

/** Starts the gateway and resolves when its health check answers; rejects with its last output when it ends first. */
export async function startGateway({ root, port, env, onLine }: GatewayOptions): Promise<Child> {
  const child = startChild(ENTRY, [], {
    cwd: root,
    env: { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1' },
    ...(onLine && { onLine }),
  })
  await Promise.race([
    child.waitForLine(/"listening"/),
    child.exited.then((code) => {
      throw new Error(`The gateway ended (${code}) before it listened`)
    }),
  ])
  return child
}
