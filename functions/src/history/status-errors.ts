import type { z } from 'zod'
import type { Actor } from '../auth/actor.ts'
import { decideBoard } from '../conversations/policy.ts'
import { AppError, type ErrorFamily, HTTP_STATUS } from '../platform/errors.ts'
import { StatusErrorBody } from './schema.ts'

/** How specs 3 and 4 report errors. */
export const statusErrors: ErrorFamily = {
  schema: StatusErrorBody,
  body: ({ code, message }): z.infer<typeof StatusErrorBody> => ({ status_code: HTTP_STATUS[code], message }),
}

/** Spec 3: insufficient permissions are a 401 as well. */
export const notPermitted = (): AppError => new AppError('unauthenticated', 'Insufficient permissions.')

/** @throws AppError `unauthenticated` for who is no admin */
export function admitAdmin(actor: Actor): void {
  if (decideBoard(actor) !== 'allow') throw notPermitted()
}
