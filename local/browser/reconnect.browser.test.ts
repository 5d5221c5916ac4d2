import { expect, test } from 'vitest'
import { specCall } from '../cast/cast.ts'
import { logInAsAdmin, messagesOn, openCall, picture } from './people.ts'
import { useProduct } from './product.ts'

const product = useProduct()

const MESSAGES = 200
const pad = (index: number): string => String(index).padStart(3, '0')

/** Writes as the worker's page does: one at a time, each with the server's own time. */
async function writeMessage(index: number): Promise<void> {
  await product()
    .database.ref(`active_conversations/${specCall.conversation_id}/messages/msg_${pad(index)}`)
    .set({
      role: 'user',
      content: `Message ${pad(index)}`,
      timestamp: new Date().toISOString(),
      received_at: { '.sv': 'timestamp' },
      sender_id: specCall.worker_id,
      sources: '',
    })
}

test('a gateway that dies amid 200 messages and comes back costs the reader none of them, in order, once each', async () => {
  const ava = await product().newPerson()
  await logInAsAdmin(ava, 'ava@acme.example')
  await openCall(ava, 'Ravi Deshmukh')
  await expect.poll(() => messagesOn(ava)).toHaveLength(2)

  const written = Array.from({ length: MESSAGES }, (_, index) => `Message ${pad(index)}`)
  for (let index = 0; index < 80; index++) await writeMessage(index)
  await expect.poll(() => messagesOn(ava)).toContain('Message 079')
  const dying = product().killGateway()
  for (let index = 80; index < 140; index++) await writeMessage(index)
  await dying
  // The console must say that it is no longer live.
  await ava
    .getByText(/Reconnecting|Offline/)
    .first()
    .waitFor()
  await picture(ava, 'reconnecting')
  const starting = product().startGateway()
  for (let index = 140; index < MESSAGES; index++) await writeMessage(index)
  await starting

  await expect.poll(() => messagesOn(ava), { timeout: 60_000 }).toContain(written.at(-1))
  expect((await messagesOn(ava)).slice(2)).toEqual(written)
  await ava.getByText('Live', { exact: true }).first().waitFor()
})
