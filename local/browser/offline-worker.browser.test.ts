import { expect, test } from 'vitest'
import {
  accessibilityFaults,
  PHONE,
  logInAsAdmin,
  messagesOn,
  openCall,
  picture,
  signInAsWorker,
  write,
} from './people.ts'
import { useProduct } from './product.ts'

const product = useProduct()

test('what a worker writes without a network waits, survives a reload and arrives once, in order', async () => {
  const [ava, tom] = await Promise.all([product().newPerson(), product().newPerson(PHONE)])
  await logInAsAdmin(ava, 'gus@globex.example')
  await signInAsWorker(tom, 'worker_441632960001')
  await tom.locator('[data-urgency="CRITICAL"]').click()
  await tom.getByText('Your call has arrived').waitFor()
  await write(tom, 'Gas alarm in hall 4')
  await openCall(ava, 'Tom Hadley')
  await expect.poll(() => messagesOn(ava)).toEqual(['Gas alarm in hall 4'])

  await tom.context().setOffline(true)
  await write(tom, 'I am behind the compressor')
  await write(tom, 'Two people with me')
  await expect.poll(() => tom.getByText('Queued', { exact: true }).count()).toBe(2)
  await picture(tom, 'worker-offline')
  expect(await accessibilityFaults(tom)).toEqual([])

  await tom.reload()
  await expect.poll(() => tom.getByText('Queued', { exact: true }).count()).toBe(2)
  await write(tom, 'The door is blocked')
  expect(await messagesOn(ava)).toEqual(['Gas alarm in hall 4'])

  await tom.context().setOffline(false)
  const all = [
    'Gas alarm in hall 4',
    'I am behind the compressor',
    'Two people with me',
    'The door is blocked',
  ]
  await expect.poll(() => messagesOn(ava), { timeout: 60_000 }).toEqual(all)
  await expect.poll(() => tom.getByText('Sent', { exact: true }).count()).toBe(all.length)
  expect(await messagesOn(tom)).toEqual(all)
})
