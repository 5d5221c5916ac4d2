import { z } from 'zod'
import { ApiError, UnreachableError, describeError } from '../api/errors.ts'
import { formatClock, formatDay, spellElapsed } from '../ui/format-time.ts'
import type { DraftProblems } from './draft.ts'

const Invalid = z.object({ invalid_prospect_ids: z.array(z.string()) })
const Quota = z.object({
  scope: z.enum(['user', 'company']),
  limit: z.number(),
  used: z.number(),
  resets_at: z.string(),
})

export type Refusal = {
  problems: DraftProblems
  /** Prospects that the API does not know (any more). */
  invalidIds: readonly string[]
}

/** Why a question was not put, at the field where it can be mended. `now` in ms. */
export function describeRefusal(error: unknown, now: number): Refusal {
  if (error instanceof UnreachableError) {
    const form =
      'No answer came from the server. The question may have been put all the same: look in the history before asking again.'
    return { problems: { form }, invalidIds: [] }
  }
  if (!(error instanceof ApiError)) return { problems: { form: describeError(error) }, invalidIds: [] }
  const { code, message, details } = error
  switch (code) {
    case 'INVALID_PROSPECT_IDS': {
      const invalidIds = Invalid.safeParse(details).data?.invalid_prospect_ids ?? []
      return { problems: { prospects: sayInvalid(invalidIds) }, invalidIds }
    }
    case 'INVALID_IMAGE':
      return { problems: { image: `${message}.` }, invalidIds: [] }
    case 'QUOTA_EXCEEDED':
      return { problems: { form: describeQuota(error, now) }, invalidIds: [] }
    case 'TOO_LARGE':
      return { problems: { image: 'The picture is too large to be sent.' }, invalidIds: [] }
    case 'INVALID_REQUEST':
      return { problems: { [fieldIn(message)]: message }, invalidIds: [] }
    default:
      return { problems: { form: describeError(error) }, invalidIds: [] }
  }
}

/** When there is more, in the reader's own time. */
export function describeQuota(error: ApiError, now: number): string {
  const quota = Quota.safeParse(error.details)
  if (!quota.success) return error.message
  const { scope, limit, used, resets_at } = quota.data
  const resets = Date.parse(resets_at)
  const day = formatDay(resets, now)
  const what =
    scope === 'user'
      ? `You have asked ${used} of your ${limit} questions for today.`
      : `Your company has had ${used} of its ${limit} answers for today, and this question needs more than are left.`
  const when = `${day === 'Today' ? 'at' : `on ${day},`} ${formatClock(resets)}`
  return `${what} There is more ${when}, in ${spellElapsed(Math.max(0, resets - now))}.`
}

const MOST_NAMED = 8

function sayInvalid(ids: readonly string[]): string {
  const named = ids.slice(0, MOST_NAMED).join(', ')
  const rest = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : ''
  return ids.length === 0
    ? 'Some of the chosen prospects are not there any more.'
    : `Not there any more: ${named}${rest}.`
}

/** The API names fields by their paths: `body.question: …`. */
function fieldIn(message: string): keyof DraftProblems {
  const [, name = ''] = /^body\.(\w+)/.exec(message) ?? []
  if (name === 'question' || name === 'context') return name
  if (name === 'prospect_ids') return 'prospects'
  return name.startsWith('image') ? 'image' : 'form'
}
