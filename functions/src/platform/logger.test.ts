import { expect, test } from 'vitest'
import { z } from 'zod'
import { createLogger } from './logger.ts'

function logged(write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  let line = ''
  write(createLogger({ logLevel: 'info' }, { write: (text: string) => (line += text) }))
  return JSON.parse(line) as Record<string, unknown>
}

test('writes one line of JSON with the severity that Cloud Logging knows', () => {
  expect(logged((log) => log.warn({ conversationId: 'c1' }, 'task dropped'))).toMatchObject({
    severity: 'WARNING',
    message: 'task dropped',
    conversationId: 'c1',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
  })
})

test('never quotes the message of an error, nor that of its cause', () => {
  const error = Object.assign(new Error('said: help me', { cause: new TypeError('said: please') }), {
    code: 14,
  })
  const line = logged((log) => log.error({ err: error }, 'request failed'))
  expect(JSON.stringify(line)).not.toContain('said')
  expect(line.err).toMatchObject({ type: 'Error', code: 14, cause: { type: 'TypeError' } })
  expect(line.err).toHaveProperty('frames.0', expect.stringContaining('logger.test.ts'))
})

test('names the fields that zod refused, not their values', () => {
  const { error } = z.object({ email: z.email() }).safeParse({ email: 'somebody' })
  const line = logged((log) => log.error({ err: error }, 'reply differs'))
  expect(line.err).toMatchObject({ issues: ['email: invalid_format'] })
  expect(JSON.stringify(line)).not.toContain('somebody')
})

test.each(['authorization', 'password', 'refresh_token', 'content'])(
  'hides %s wherever it was put',
  (field) => {
    const line = logged((log) =>
      log.info({ [field]: 'hush', a: { [field]: 'hush', b: { [field]: 'hush' } } }, 'x'),
    )
    expect(JSON.stringify(line)).not.toContain('hush')
  },
)
