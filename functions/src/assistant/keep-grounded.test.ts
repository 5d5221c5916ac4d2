import { expect, test } from 'vitest'
import { keepGrounded } from './keep-grounded.ts'

const steps = [
  { id: 'As1', text: 'Press hard on the wound with a clean cloth or your hand.' },
  { id: 'As2', text: 'Push 5 to 6 cm deep, 100 to 120 times a minute.' },
  { id: 'An1', text: 'Do not pull out anything that is stuck in the wound.' },
]
const worded = (line: string, id: string) => keepGrounded([{ text: line, steps: [id] }], steps)
const quoted = steps

test('a line that says what its step says is kept', () => {
  expect(worded('Now press hard on the wound: clean cloth or hand.', 'As1')[0]?.text).toBe(
    'Now press hard on the wound: clean cloth or hand.',
  )
  expect(worded('Deep: 5 to 6 cm. Push 100 to 120 times a minute.', 'As2')[1]?.text).toContain('Deep: 5')
})

test.each([
  ['promises help', 'Help is on its way. Press hard on the wound with a clean cloth or your hand.', 'As1'],
  ['promises it in Hindi', 'मदद आ रही है', 'As1'],
  ['names an illness', 'He has lost an artery. Press hard on the wound, clean cloth, hand.', 'As1'],
  ['cites a step that there is not', 'Press hard on the wound with a clean cloth or your hand.', 'As9'],
  ['changes a number', 'Push 5 to 6 cm deep, 100 to 130 times a minute.', 'As2'],
  ['leaves a number out', 'Push deep, 100 to 120 times a minute.', 'As2'],
  ['turns a denial round', 'Pull out anything that is stuck in the wound.', 'An1'],
  ['weakens it', 'Press gently on the wound with a clean cloth or your hand.', 'As1'],
  ['adds advice', 'Press hard on the wound with a clean cloth or your hand and give aspirin.', 'As1'],
  ['leaves most of it out', 'Press.', 'As1'],
  ['says nothing', ' ', 'As1'],
  ['breaks into lines', 'Press hard on the wound\nwith a clean cloth or your hand.', 'As1'],
])('a line that %s is dropped and the step quoted', (_, line, id) => {
  expect(worded(line, id)).toEqual(quoted)
})

test('a line for several steps at once is dropped, and none is lost or moved', () => {
  const lines = [
    { text: 'Press hard on the wound with a clean cloth or your hand.', steps: ['As1', 'As2'] },
    { text: 'Do not pull out anything that is stuck in the wound.', steps: ['An1'] },
  ]
  expect(keepGrounded(lines, steps)).toEqual(quoted)
})
