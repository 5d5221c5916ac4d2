import { readFile } from 'node:fs/promises'
import { verifyExport } from './verify-export.ts'

const [path] = process.argv.slice(2)
if (path === undefined) {
  console.error('Usage: npm run verify-export -- <exported conversation>.json')
  process.exit(2)
}
const found = verifyExport(await readFile(path, 'utf8'))
console.log(`${path}: ${found}`)
process.exit(found === 'unchanged' ? 0 : 1)
