import { z } from 'zod'

/** Where tasks go and who sends them (DESIGN 6). */
export interface TasksConfig {
  /** `host:port` of the Tasks emulator; present only in the local suite. */
  emulator: string | null
  /** Region of the queues and of the functions behind them. */
  location: string
  /** Origin of those functions. */
  origin: string
  /** In whose name Cloud Tasks calls them: they let nobody else in. */
  serviceAccount: string
}

export const TasksEnvironment = {
  CLOUD_TASKS_EMULATOR_HOST: z
    .string()
    .transform((text) => text.replace(/^https?:\/\//, ''))
    .optional(),
  TASKS_LOCATION: z.string().default('us-central1'),
  TASKS_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  TASKS_SERVICE_ACCOUNT: z.email().optional(),
}

export function readTasksConfig(
  env: z.output<z.ZodObject<typeof TasksEnvironment>>,
  projectId: string,
): TasksConfig {
  const { CLOUD_TASKS_EMULATOR_HOST: emulator = null, TASKS_LOCATION: location } = env
  return {
    emulator,
    location,
    origin: env.TASKS_ORIGIN ?? `https://${location}-${projectId}.cloudfunctions.net`,
    // The account that functions of the first generation ran as, and that App Engine's projects have.
    serviceAccount: env.TASKS_SERVICE_ACCOUNT ?? `${projectId}@appspot.gserviceaccount.com`,
  }
}
