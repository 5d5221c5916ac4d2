import { expect, test } from 'vitest'
import { readReplies, tellReply } from './replies.ts'
import { tellParts } from './retell.ts'
import { readTranscript } from './transcript.ts'
import { whoSpeaks } from './who-speaks.ts'

/** What stands behind what Ann says once Bob has replied. */
function toldReply(said: string, replied: string): string | undefined {
  const transcript = readTranscript([
    { message_id: 'm1', role: 'user', speaker: 'Ann', content: said },
    { message_id: 'm2', role: 'user', speaker: 'Bob', content: replied },
  ])
  for (const [sentence, reply] of readReplies(transcript.sentences)) {
    const told = tellParts(sentence, whoSpeaks(sentence, transcript))
    if (told !== null) return tellReply(told, reply)
  }
  return undefined
}

test.each([
  ['Are you hurt?', 'No.', ', but Bob says no'],
  ['Are you outside?', 'Yes, I am at the fence.', ', and Bob says yes'],
  ['Could you call the guard?', 'Sure, right away.', ', and Bob agrees'],
  ["Let's meet at the gate in the morning.", 'Sounds good.', ', and Bob agrees'],
  ['Push hard in the middle of the chest.', 'ok im doing it', ', and Bob agrees'],
])('tells the reply to %j: %j', (said, replied, told) => {
  expect(toldReply(said, replied)).toBe(told)
})

test.each([
  ['a reply that is neither', 'Can you unlock the gate?', "I don't know where the key is."],
  ['a yes that is taken back', 'Can you unlock the gate?', 'Yes, but not now.'],
  ['a no that denies no question', 'Is he with you?', 'No idea.'],
  ['a question in return', 'Can you come here?', 'OK, where are you?'],
])('has none for %s', (_, said, replied) => {
  expect(toldReply(said, replied)).toBeUndefined()
})

test.each([
  ['a statement', 'The gate is locked.', 'Yes.'],
  ['a question turned round', "Aren't you coming?", 'No.'],
  ['who minds', 'Would you mind opening the window?', 'No.'],
  ['an open question', 'Where are you?', 'OK.'],
])('says nothing of a yes or no to %s', (_, said, replied) => {
  expect(toldReply(said, replied)).toBe('')
})
