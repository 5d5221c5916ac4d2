import { ClientConfig } from '@lifeline/functions/contract'
import { initializeApp } from 'firebase/app'
import { connectAuthEmulator, indexedDBLocalPersistence, initializeAuth, type Auth } from 'firebase/auth'
import { connectDatabaseEmulator, forceWebSockets, getDatabase, type Database } from 'firebase/database'
import { fetchClientConfig } from '../api/client.ts'
import { UnreachableError } from '../api/errors.ts'
import type { Fetch } from '../api/http.ts'

export type Firebase = { auth: Auth; database: Database }

const CONFIG_KEY = 'lifeline-config'

/** Where Firebase is; as last known when the server cannot be asked. Throws as `fetchClientConfig` does. */
export async function loadConfig(
  fetch: Fetch,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): Promise<ClientConfig> {
  try {
    const config = await fetchClientConfig(fetch)
    storage.setItem(CONFIG_KEY, JSON.stringify(config))
    return config
  } catch (error) {
    const kept = storage.getItem(CONFIG_KEY)
    const config = kept === null ? undefined : ClientConfig.safeParse(JSON.parse(kept)).data
    if (config === undefined || !(error instanceof UnreachableError)) throw error
    return config
  }
}

/** Connects the SDK; to the emulators where the suite runs. */
export function connectFirebase({ firebase, emulators }: ClientConfig): Firebase {
  const app = initializeApp(firebase)
  // Without a popup resolver: nothing of another origin is loaded.
  const auth = initializeAuth(app, { persistence: indexedDBLocalPersistence })
  if (emulators !== null) forceWebSockets()
  const database = getDatabase(app)
  if (emulators !== null) {
    connectAuthEmulator(auth, `http://${emulators.auth}`, { disableWarnings: true })
    const { hostname, port } = new URL(`http://${emulators.database}`)
    connectDatabaseEmulator(database, hostname, Number(port))
  }
  return { auth, database }
}
