import { z } from 'zod'
import type { ModelJob } from '../model.ts'

const Verdict = z.object({ headline: z.string().min(1).max(200), score: z.number().nullable() })

/** A small job for tests of the models themselves. */
export const verdictJob: ModelJob<string, z.infer<typeof Verdict>> = {
  name: 'verdict',
  schema: Verdict,
  prompt: (input) => [
    { role: 'system', content: 'Judge what the user wrote.' },
    { role: 'user', content: input },
  ],
  offline: () => ({ headline: 'by plain methods', score: null }),
  maxTokens: 100,
}
