import { createHash } from 'node:crypto'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** In development, every route of a surface is its own page; in production the gateway does the same. */
const surfaceRoutes = (): Plugin => ({
  name: 'surface-routes',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, _response, next) => {
      const surface = /^\/(console|worker)(?=[/?]|$)/.exec(request.url ?? '')?.[1]
      if (request.url === '/') request.url = '/console.html'
      else if (surface !== undefined) request.url = `/${surface}.html`
      next()
    })
  },
})

/** Fills in which files make up the worker's page, so that its service worker can keep them for offline. */
const offlineShell = (): Plugin => ({
  name: 'offline-shell',
  apply: 'build',
  generateBundle: (_options, bundle) => {
    const files = new Set<string>()
    const collect = (fileName: string) => {
      const chunk = bundle[fileName]
      if (files.has(fileName) || chunk?.type !== 'chunk') return
      files.add(fileName)
      for (const asset of chunk.viteMetadata?.importedCss ?? []) files.add(asset)
      for (const asset of chunk.viteMetadata?.importedAssets ?? []) files.add(asset)
      for (const imported of [...chunk.imports, ...chunk.dynamicImports]) collect(imported)
    }
    const chunks = Object.values(bundle).filter((each) => each.type === 'chunk')
    const page = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/worker.html'))
    const serviceWorker = chunks.find(({ fileName }) => fileName === 'worker-sw.js')
    if (page === undefined || serviceWorker === undefined) throw new Error('the worker page was not built')
    collect(page.fileName)
    const shell = [
      '/assets/color-scheme-v1.js',
      '/assets/lifeline-v1.svg',
      ...[...files].map((file) => `/${file}`),
    ]
    const version = createHash('sha256').update(shell.join()).digest('hex').slice(0, 12)
    if (!serviceWorker.code.includes('OFFLINE_SHELL'))
      throw new Error('the service worker takes no list of files')
    serviceWorker.code = serviceWorker.code.replace(
      'OFFLINE_SHELL',
      JSON.stringify({ files: shell, version }),
    )
  },
})

export default defineConfig({
  plugins: [react(), surfaceRoutes(), offlineShell()],
  server: { port: 5173, proxy: { '/api': process.env['LIFELINE_API'] ?? 'http://localhost:5000' } },
  build: {
    outDir: 'dist',
    // React and the component library; cached once for both surfaces.
    chunkSizeWarningLimit: 600,
    sourcemap: true,
    rolldownOptions: {
      input: { console: 'console.html', worker: 'worker.html', 'worker-sw': 'src/worker/service-worker.ts' },
      output: {
        entryFileNames: ({ name }) => (name === 'worker-sw' ? 'worker-sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
})
