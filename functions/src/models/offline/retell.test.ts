import { expect, test } from 'vitest'
import { retell } from './retell.ts'
import { readTranscript } from './transcript.ts'

const ann = (content: string) => ({ message_id: 'm1', role: 'user', speaker: 'Ann', content })
const WHO = { speaker: 'Ann', addressee: 'Bob', isAddresseePlural: false }
const toldBy = (content: string, who = WHO): (string | null)[] =>
  readTranscript([ann(content)]).sentences.map((sentence) => retell(sentence, who))

test.each([
  [
    "I've been looking for a new job since I graduated.",
    'Ann has been looking for a new job since Ann graduated.',
  ],
  ["I don't think you should buy it.", "Ann doesn't think Bob should buy it."],
  ["I'd like to book a table for two.", 'Ann wants to book a table for two.'],
  ['I study biology and I really enjoy it.', 'Ann studies biology and Ann really enjoys it.'],
  ['OK, I will let you know when it arrives.', 'Ann will let Bob know when it arrives.'],
  ['Well, my wife is allergic to nuts.', "Ann tells Bob that Ann's wife is allergic to nuts."],
  ["It takes about two hours, doesn't it?", 'Ann tells Bob it takes about two hours.'],
])('tells a statement: %s', (said, told) => {
  expect(toldBy(said)).toEqual([told])
})

test.each([
  ['Excuse me, could you tell me where the nearest bank is?', 'Ann asks Bob where the nearest bank is.'],
  ['What kind of music do you like?', 'Ann asks what kind of music Bob likes.'],
  ['Where did you go last summer?', 'Ann asks where Bob went last summer.'],
  ['How long have you been working here?', 'Ann asks how long Bob has been working here.'],
  ['What happened to your leg?', "Ann asks what happened to Bob's leg."],
  ['Is there anything wrong with your car?', "Ann asks if there is anything wrong with Bob's car."],
  ['Are your parents coming?', "Ann asks if Bob's parents are coming."],
  ['How much is the set menu?', 'Ann asks Bob how much the set menu is.'],
  ['What is your working day like?', "Ann asks what Bob's working day is like."],
  ['On Monday are you here?', 'Ann asks if Bob is here, on Monday.'],
  ['Are you out of the hall, Bob?', 'Ann asks if Bob is out of the hall.'],
  ['Can you see the fire from there?', 'Ann asks if Bob can see the fire from there.'],
  ['What about the keys?', 'Ann asks Bob about the keys.'],
  ['Is this your bag?', "Ann asks if this is Bob's bag."],
  ['Is that the north gate?', 'Ann asks Bob if that is the north gate.'],
  ["Why can't you open the gate?", "Ann asks why Bob can't open the gate."],
  ['What sort of boxes came with the truck?', 'Ann asks Bob what sort of boxes came with the truck.'],
])('tells a question: %s', (said, told) => {
  expect(toldBy(said)).toEqual([told])
})

test.each([
  [
    'Can you help me find a dress for my daughter?',
    "Ann asks Bob to help Ann find a dress for Ann's daughter.",
  ],
  ['Would you mind if I opened the window?', 'Ann asks Bob if Ann may open the window.'],
  ['Would you mind opening the window?', 'Ann asks if Bob minds opening the window.'],
  ['Would you mind telling me how old it is?', 'Ann asks Bob how old it is.'],
  ['Can I get you some tea?', 'Ann offers Bob some tea.'],
  ['Can I get to the bridge by bus?', 'Ann asks Bob if Ann can get to the bridge by bus.'],
  ['You should see a doctor.', 'Ann advises Bob to see a doctor.'],
  ["Why don't we go to the cinema tonight?", 'Ann suggests going to the cinema tonight.'],
  ["Let's meet at seven.", 'Ann suggests meeting at seven.'],
  ['Would you like some coffee?', 'Ann offers Bob some coffee.'],
  ['Thanks for inviting us.', 'Ann thanks Bob for inviting them.'],
  ['Thank you very much, Bob!', 'Ann thanks Bob.'],
  ['Thanks, in hall 3 next to the pump.', 'Ann says in hall 3 next to the pump.'],
  ['Thank you, I will call the fire brigade.', 'Ann will call the fire brigade.'],
  ['Thanks, I have called the ambulance.', 'Ann has called the ambulance.'],
  ['Sorry, we cannot open the door.', 'Ann tells Bob that they cannot open the door.'],
  ['Please, leave the room now.', 'Ann tells Bob to leave the room now.'],
  ['Yes but slowly.', 'Ann says “Yes but slowly”.'],
  ["Don't take the bus.", 'Ann tells Bob not to take the bus.'],
  ['Maybe you should rest before you try again.', 'Ann advises Bob to rest before Bob tries again.'],
  ['Just bring warm clothes.', 'Ann tells Bob to bring warm clothes.'],
  ['Try to break their fall if it is safe.', 'Ann tells Bob to try to break their fall if it is safe.'],
  ['Clear the area.', 'Ann tells Bob to clear the area.'],
  ['Can you tell me something about your school?', "Ann asks about Bob's school."],
  ['Turn left at the bank.', 'Ann tells Bob to turn left at the bank.'],
  ['If I were you, I would talk to her.', 'Ann advises Bob to talk to her.'],
])('tells what somebody does by saying: %s', (said, told) => {
  expect(toldBy(said)).toEqual([told])
})

test.each([
  [
    'He is bleeding a lot, so can you send somebody?',
    'Ann tells Bob he is bleeding a lot and asks Bob to send somebody.',
  ],
  ['If it hurts, could you sit down?', 'Ann asks Bob to sit down if it hurts.'],
  ['He has a knife, I think.', 'Ann thinks he has a knife.'],
  ['Could you tell me your name?', "Ann asks for Bob's name."],
  [
    "Leave the hall now and don't touch any switch.",
    'Ann tells Bob to leave the hall now and not to touch any switch.',
  ],
  ['Are you both clipped on?', 'Ann asks Bob if they are both clipped on.'],
  ['Let him sit upright.', 'Ann tells Bob to let him sit upright.'],
  ['Let me call the fire brigade.', 'Ann will call the fire brigade.'],
])('keeps all that a sentence says: %s', (said, told) => {
  expect(toldBy(said)).toEqual([told])
})

test('keeps a name at the end that is not the name of whom it is said to', () => {
  expect(toldBy('Two are inside, Meena and Carl.')[0]).toContain('Meena and Carl')
})

test.each([
  ["No, he isn't breathing.", /Ann tells Bob he isn't breathing\./],
  ["We can't get out.", /they can't get out\./],
  ['he isnt moving and i cant lift him', /he isn't moving and Ann can't lift him\./],
  ['no he is not breathing', /he is not breathing\./],
  ["I'm not hurt.", /^Ann is not hurt\.$/],
  ["I'm afraid there is no signal.", /there is no signal\./],
])('keeps every denial: %s', (said, told) => {
  expect(toldBy(said)[0]).toMatch(told)
})

test('has nothing to tell of greetings and of words that only answer', () => {
  expect(toldBy("Hello! OK. Yes. Good morning, sir. See you tomorrow. Bye! Yes, I do. No, I can't.")).toEqual(
    Array(8).fill(null),
  )
})

test('speaks of several listeners in the plural', () => {
  const who = { ...WHO, addressee: 'the others', isAddresseePlural: true }
  expect(toldBy('I think you are right.', who)).toEqual(['Ann thinks the others are right.'])
})

test('cuts what has no end, and says so', () => {
  const [told] = toldBy(`I saw ${'one and another man '.repeat(40)}`)
  expect(told?.split(' ').length).toBeLessThan(50)
  expect(told).toMatch(/…$/)
})

test.each([
  'constructor',
  'do you constructor the toString? I hasOwnProperty you',
  '__proto__ is here',
  '#Person2# called',
  '...',
  '?',
  '}{',
  '\u0000 \uD800 x',
  'you',
  'I',
  'if',
  'do n’t',
])('tells hostile or broken words in some way: %j', (said) => {
  for (const told of toldBy(said)) expect(told === null || told.startsWith('Ann')).toBe(true)
})
