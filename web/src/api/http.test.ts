import { expect, test } from 'vitest'
import { z } from 'zod'
import { readReply } from './http.ts'

const timestamp = '2025-10-03T11:58:04.000Z'
const message = 'No such prospects: LEAD-9'

test.each([
  [
    'the platform',
    { success: false, error: { code: 'NOT_FOUND', message, timestamp, details: { a: 1 } } },
    { code: 'NOT_FOUND', details: { a: 1 } },
  ],
  [
    'Q&A',
    { error_code: 'INVALID_PROSPECT_IDS', message, timestamp, details: { invalid_prospect_ids: ['LEAD-9'] } },
    { code: 'INVALID_PROSPECT_IDS', details: { invalid_prospect_ids: ['LEAD-9'] } },
  ],
  [
    'Q&A without details',
    { error_code: 'SESSION_NOT_FOUND', message, timestamp, details: null },
    { code: 'SESSION_NOT_FOUND', details: {} },
  ],
  [
    'chats',
    { detail: { error: message, code: 'summary_not_found', timestamp } },
    { code: 'summary_not_found', details: {} },
  ],
  ['history', { status_code: 400, message }, { code: '400', details: {} }],
])('a refusal in the shape of %s keeps its code, words and details', async (_family, body, expected) => {
  const response = new Response(JSON.stringify(body), { status: 400 })
  await expect(readReply(response, z.never())).rejects.toMatchObject({
    name: 'ApiError',
    status: 400,
    message,
    ...expected,
  })
})
