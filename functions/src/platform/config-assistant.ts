import { z } from 'zod'

/** How the assistant answers workers whom nobody else answers. */
export interface AssistantConfig {
  isOn: boolean
  /** It waits until the worker has written nothing for so long, and answers all of it at once; ms. */
  burstMs: number
  /** The model has so long for its wording before the procedure is quoted as it stands; ms. */
  modelMs: number
}

export const AssistantEnvironment = {
  ASSISTANT: z.enum(['on', 'off']).default('on'),
  ASSISTANT_BURST_MS: z.coerce.number().int().min(0).max(10_000).default(1_500),
  ASSISTANT_MODEL_MS: z.coerce.number().int().positive().max(30_000).default(8_000),
}

export const readAssistantConfig = (
  env: z.output<z.ZodObject<typeof AssistantEnvironment>>,
): AssistantConfig => ({
  isOn: env.ASSISTANT === 'on',
  burstMs: env.ASSISTANT_BURST_MS,
  modelMs: env.ASSISTANT_MODEL_MS,
})
