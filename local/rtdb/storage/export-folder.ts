import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import { z } from 'zod'

import { administrator } from '../auth/access.ts'
import type { Namespaces } from '../namespaces.ts'
import { toExport } from '../tree/json.ts'
import { rootPath } from '../tree/path.ts'

/** What firebase-tools writes beside the parts of an export; parts other than ours are left as they are. */
const metadataName = 'firebase-export-metadata.json'
const databaseFolder = 'database_export'

const Metadata = z.looseObject({
  version: z.string().optional(),
  database: z.looseObject({ path: z.string() }).optional(),
})

/** Writes every namespace that holds data as `emulators:export` of firebase-tools does, to be imported by either. */
export function exportDatabases(namespaces: Namespaces, folder: string): void {
  mkdirSync(join(folder, databaseFolder), { recursive: true })
  for (const { name, root } of namespaces.all()) {
    if (!root.isEmpty()) {
      writeFileSync(join(folder, databaseFolder, `${name}.json`), JSON.stringify(toExport(root)))
    }
  }
  const metadata = readMetadata(folder)
  const version = metadata.version ?? '1.0.0'
  const database = { version, path: databaseFolder }
  writeFileSync(join(folder, metadataName), JSON.stringify({ ...metadata, version, database }, null, 2))
}

/**
 * Replaces the data of every namespace that an export holds; no trigger fires.
 * Throws when the folder holds no export, or one that is not JSON.
 */
export function importDatabases(namespaces: Namespaces, folder: string): void {
  const { database } = readMetadata(folder)
  if (database === undefined) throw new Error(`${folder} holds no export of a Realtime Database`)
  const files = readdirSync(join(folder, database.path)).filter((name) => name.endsWith('.json'))
  for (const file of files) {
    const data: unknown = JSON.parse(readFileSync(join(folder, database.path, file), 'utf8'))
    const writes = [{ path: rootPath, data }]
    namespaces.get(basename(file, '.json')).commit({ writes, access: administrator, triggers: false })
  }
}

function readMetadata(folder: string): z.infer<typeof Metadata> {
  const path = join(folder, metadataName)
  const names = readdirSync(folder)
  return names.includes(metadataName) ? Metadata.parse(JSON.parse(readFileSync(path, 'utf8'))) : {}
}
