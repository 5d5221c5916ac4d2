/**
 * Keeps the worker's page on the phone, so that it opens without a network. Only the page itself is kept; what a
 * worker writes is in the outbox. `vite.config.ts` fills in the list of files and its version.
 */

type Waiting = Event & { waitUntil: (work: Promise<unknown>) => void }
type Fetching = Event & { request: Request; respondWith: (response: Promise<Response>) => void }
type Scope = {
  addEventListener: ((type: 'install' | 'activate', listener: (event: Waiting) => void) => void) &
    ((type: 'fetch', listener: (event: Fetching) => void) => void)
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
}

/** Stands for the list of files until the build puts it here. */
declare const OFFLINE_SHELL: { files: string[]; version: string }

// The page's own types do not know a service worker's global scope.
const scope = globalThis as unknown as Scope
const { files: FILES, version: VERSION } = OFFLINE_SHELL
const CACHE = `lifeline-worker-${VERSION}`
const PAGE = '/worker'

/** Longest wait for the network, ms, before the kept page is shown. */
const PATIENCE_MS = 4_000

const install = async () => {
  const cache = await caches.open(CACHE)
  await cache.addAll([PAGE, ...FILES].map((url) => new Request(url, { cache: 'reload' })))
  await scope.skipWaiting()
}

const activate = async () => {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith('lifeline-worker-') && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
  await scope.clients.claim()
}

/** The files are the same for everybody, whatever a header says that they vary by. */
const find = (url: string) => caches.match(url, { ignoreVary: true })

const openPage = async (request: Request): Promise<Response> => {
  const kept = await find(PAGE)
  try {
    const response = await fetch(request, kept && { signal: AbortSignal.timeout(PATIENCE_MS) })
    return response.ok || kept === undefined ? response : kept
  } catch (error) {
    if (kept === undefined) throw error
    return kept
  }
}

const openFile = async (request: Request): Promise<Response> => (await find(request.url)) ?? fetch(request)

scope.addEventListener('install', (event) => event.waitUntil(install()))
scope.addEventListener('activate', (event) => event.waitUntil(activate()))
scope.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(openPage(request))
  else if (FILES.includes(pathname)) event.respondWith(openFile(request))
})
