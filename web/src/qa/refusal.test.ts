import { describe, expect, test } from 'vitest'
import { ApiError, UnreachableError } from '../api/errors.ts'
import { describeRefusal } from './refusal.ts'

const NOW = new Date(2025, 9, 3, 12).getTime()
const refused = (code: string, message: string, details = {}) =>
  describeRefusal(new ApiError(400, code, message, details), NOW)

describe('a refusal is told', () => {
  test('with the prospects that do not exist, at the prospects', () => {
    const ids = Array.from({ length: 10 }, (_, at) => `LEAD-${at}`)
    const { problems, invalidIds } = refused('INVALID_PROSPECT_IDS', 'x', { invalid_prospect_ids: ids })
    expect(problems.prospects).toContain('LEAD-0, LEAD-1')
    expect(problems.prospects).toContain('and 2 more')
    expect(invalidIds).toEqual(ids)
  })

  test.each([
    ['body.question: must have 1 to 2000 characters', 'question'],
    ['body.prospect_ids: too small', 'prospects'],
    ['body.image_base64: too big', 'image'],
    ['body.context: may have 10000 characters at most', 'context'],
    ['something else', 'form'],
  ])('of %s at the field %s', (message, field) => {
    expect(refused('INVALID_REQUEST', message).problems).toEqual({ [field]: message })
  })

  test('of a picture at the picture', () => {
    expect(refused('INVALID_IMAGE', 'The image is not base64').problems).toEqual({
      image: 'The image is not base64.',
    })
  })

  test('for lack of quota, with whose it is and when there is more', () => {
    const resets_at = new Date(2025, 9, 3, 18, 30).toISOString()
    const words = (scope: string) =>
      refused('QUOTA_EXCEEDED', 'x', { scope, limit: 200, used: 200, resets_at }).problems.form
    expect(words('user')).toBe(
      'You have asked 200 of your 200 questions for today. There is more at 18:30, in 6 hours.',
    )
    expect(words('company')).toContain('Your company has had 200 of its 200 answers')
  })

  test('of a server that gave no answer, as perhaps done', () => {
    const { problems } = describeRefusal(new UnreachableError('x'), NOW)
    expect(problems.form).toContain('may have been put all the same')
  })
})
