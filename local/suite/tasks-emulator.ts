import { createRequire } from 'node:module'
import { say } from './console.ts'

/** firebase-tools brings up its Tasks emulator beside functions only; tests want it without them: `node tasks-emulator.ts <port>`. */
interface TasksEmulator {
  start(): Promise<void>
}
const { TasksEmulator } = createRequire(import.meta.url)('firebase-tools/lib/emulator/tasksEmulator.js') as {
  TasksEmulator: new (address: { host: string; port: number }) => TasksEmulator
}

await new TasksEmulator({ host: '127.0.0.1', port: Number(process.argv[2]) }).start()
say('Tasks emulator ready')
