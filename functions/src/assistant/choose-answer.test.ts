import { expect, test } from 'vitest'
import { createProcedureIndex } from '../procedures/find-procedures.ts'
import { fromStandard } from '../procedures/from-standard.ts'
import { STANDARD_PROCEDURES } from '../procedures/standard/standard-procedures.ts'
import { chooseAnswer, toMessage } from './choose-answer.ts'
import { FRAMES, languageOf } from './words.ts'

const index = createProcedureIndex(STANDARD_PROCEDURES.map(fromStandard))
const choose = (burst: string, rest: { before?: string; lastSources?: string | null } = {}) =>
  chooseAnswer(index, { burst, before: rest.before ?? '', lastSources: rest.lastSources ?? null })
const say = (burst: string, rest?: Parameters<typeof choose>[1]): string => {
  const answer = choose(burst, rest)
  return answer.kind === 'silent' ? '' : toMessage(answer, new Map())
}
const BLEEDING = 'Severe bleeding (severe-bleeding v1)'

test('says that it is no person, quotes the steps, and puts the emergency services first', () => {
  const text = say('my friend is bleeding badly')
  expect(text).toContain('automatic assistant, not a person')
  expect(text).toContain('2. Press hard on the wound with a clean cloth or your hand.')
  expect(text).toContain('✕ Do not lift the cloth to look.')
  expect(text).toContain('do what they say')
  expect(choose('my friend is bleeding badly')).toMatchObject({ sources: BLEEDING })
})

test.each([
  ['bhai saans nahi le raha', 'hi'],
  ['मेरे दोस्त का हाथ कट गया', 'hi'],
  ['no respira mi compañero, el no se mueve', 'es'],
  ['زميلي لا يتنفس', 'ar'],
  ['he is not breathing', 'en'],
  ['no no no', 'en'],
  ['', 'en'],
])('"%s" is %s', (text, language) => {
  expect(languageOf(text)).toBe(language)
})

test('answers in the worker’s language where the procedure has it, otherwise in English', () => {
  expect(say('bhai saans nahi le raha hai')).toContain('छाती के बीच')
  expect(say('no respira mi compañero, ayuda por favor')).toContain('Push hard and fast')
})

test.each([
  ['he fell off the ladder and is not breathing', 'not-breathing'],
  ['the truck crashed and the driver does not breathe, no pulse', 'not-breathing'],
  ['he fell from the scaffold onto glass, his arm is cut and bleeding a lot', 'severe-bleeding'],
  ['her arm is burnt by steam and she is unconscious', 'unconscious'],
  ['he fell off the ladder and hit his head, his leg is broken and he is not breathing', 'not-breathing'],
])('of two emergencies in one message the one that kills sooner comes first: "%s"', (text, sooner) => {
  const answer = choose(text)
  expect(answer.kind === 'steps' && answer.parts[0]?.procedure.procedure_id).toBe(sooner)
})

test('what was given just before is only called to mind, unless somebody asks for it again', () => {
  const reminder = say('the blood does not stop, so much blood', { lastSources: BLEEDING })
  expect(reminder).toContain(FRAMES.en.repeat)
  expect(reminder).not.toContain('4.')
  const again = say('No, please be more clear.', { before: 'he is bleeding', lastSources: BLEEDING })
  expect(again).toContain('5. ')
})

test('without a procedure it guesses nothing, asks one question, and not twice in a row', () => {
  expect(choose('the printer is out of paper')).toEqual({ kind: 'unknown', language: 'en' })
  expect(say('the printer is out of paper')).toContain('I have no procedure for what you wrote')
  expect(choose('and the toner too', { lastSources: '' })).toEqual({ kind: 'silent' })
  expect(choose('he is bleeding', { lastSources: '' })).toMatchObject({ kind: 'steps' })
})

test('nothing that it says by itself promises help, and a source is one source', () => {
  expect(JSON.stringify(FRAMES.en)).not.toMatch(/on (its|the) way|coming|arrive/)
  const [procedure] = STANDARD_PROCEDURES.map(fromStandard)
  const named = procedure && { ...procedure, title: 'Breath, gone', keywords: ['xylophone'] }
  const own = createProcedureIndex(named ? [named] : [])
  const answer = chooseAnswer(own, { burst: 'xylophone', before: '', lastSources: null })
  expect(answer.kind === 'steps' && answer.sources.includes(',')).toBe(false)
})
