import type { Procedure } from './schema.ts'
import type { StandardProcedure } from './standard/define.ts'

/** One of ours as companies see it that have not changed it. */
export const fromStandard = ({ revision, ...content }: StandardProcedure): Procedure => ({
  ...content,
  version: revision,
  origin: 'standard',
  changed_by: null,
  changed_at: null,
  reviewed_by: null,
  reviewed_at: null,
  deleted: false,
})
