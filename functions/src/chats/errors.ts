import type { ErrorFamily } from '../platform/errors.ts'
import { ChatErrorBody } from './schema.ts'

/** Every failure of the paths of spec 2. Codes are written as the specification writes names. */
export const chatErrors: ErrorFamily = {
  schema: ChatErrorBody,
  body: ({ code, familyCode, message, timestamp }): ChatErrorBody => ({
    detail: { error: message, code: familyCode ?? code.replaceAll('-', '_'), timestamp },
  }),
}
