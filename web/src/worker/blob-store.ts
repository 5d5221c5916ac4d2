/** What a worker has taken or recorded, until the server has it. */
export type BlobStore = {
  put: (id: string, blob: Blob) => Promise<void>
  get: (id: string) => Promise<Blob | undefined>
  remove: (id: string) => Promise<void>
  /** Of everything that is there. */
  ids: () => Promise<string[]>
}

const NAME = 'lifeline-media'
const STORE = 'blobs'

/** In IndexedDB, so that it survives a reload. Rejects when the device has no room, or gives none. */
export function indexedBlobs(factory: IDBFactory): BlobStore {
  let opened: Promise<IDBDatabase> | undefined
  const open = () => {
    opened ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = factory.open(NAME, 1)
      request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE))
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('no IndexedDB')))
    })
    return opened
  }
  async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const transaction = (await open()).transaction(STORE, mode)
    const request = act(transaction.objectStore(STORE))
    return new Promise((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve(request.result))
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
    })
  }
  return {
    put: async (id, blob) => {
      await run('readwrite', (store) => store.put(blob, id))
    },
    get: (id) => run<Blob | undefined>('readonly', (store) => store.get(id)),
    remove: async (id) => {
      await run('readwrite', (store) => store.delete(id))
    },
    ids: async () => (await run('readonly', (store) => store.getAllKeys())).map(String),
  }
}
