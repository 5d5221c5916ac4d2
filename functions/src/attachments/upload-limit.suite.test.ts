import { expect, test } from 'vitest'
import { startCall } from '../conversations/testing/calls.ts'
import { wav } from '../media/testing/samples.ts'
import { testConfig } from '../platform/testing/test-config.ts'
import { suiteHosts } from '../platform/testing/suite-hosts.ts'
import { startAttachmentServer } from './testing/attachment-server.ts'

test('who uploads too often is told when to try again, before the bytes are read, and nobody else is held up', async () => {
  const { media } = testConfig(suiteHosts())
  const here = await startAttachmentServer({ config: { media: { ...media, uploadsPerMinute: 2 } } })
  try {
    const [call, other] = await Promise.all([startCall(here.server), startCall(here.server)])
    const send = () => here.upload(call, here.worker(call), wav())
    expect([(await send()).status, (await send()).status]).toEqual([201, 201])
    const refused = await send()
    expect(here.refusal(refused)).toEqual([429, 'too-many-requests', undefined])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit-policy')).toBe('"uploads-authenticated";q=2;w=60')
    expect(await here.stored()).toBe(2)
    expect((await here.upload(other, here.worker(other), wav())).status).toBe(201)
    const words = await here.server.get(`/api/conversation/${call.conversationId}`, here.agent())
    expect(words.status).toBe(200)
  } finally {
    await here.server.close()
  }
})
