import { hasVerb, type Part, put, toThirdPerson, uncapitalized, type Who } from './clause.ts'
import { QUESTION_WORDS, tellQuestion } from './questions.ts'
import { tellPattern } from './speech-acts.ts'

/** Tells what is asked; where the order of its words is not plain, as what it is asked about. */
export function tellAsked(parts: Part[], who: Who): Part[] {
  const question = tellQuestion(parts, who) ?? askLate(parts, who)
  if (question !== undefined) return question
  return [...put('asks', who.addressee, ...opening(parts)), ...uncapitalized(toThirdPerson(parts, who))]
}

/** "What sort of work was offered" says by its first word what it asks. */
function opening(parts: readonly Part[]): string[] {
  if (QUESTION_WORDS.has(parts[0]?.lower ?? '')) return []
  return [hasVerb(parts) ? 'if' : 'about']
}

/** "Dad should we go", "On Monday can you come": what stands before the verb goes to the end. */
function askLate(parts: Part[], who: Who): Part[] | undefined {
  const at = parts.slice(0, 5).findIndex((_, index) => index > 0 && isInverted(parts.slice(index, index + 2)))
  if (at === -1 || hasVerb(parts.slice(0, at))) return undefined
  const question = tellPattern(parts.slice(at), who) ?? tellQuestion(parts.slice(at), who)
  return (
    question && [
      ...question,
      { ...put(',')[0], isSpaced: false } as Part,
      ...uncapitalized(toThirdPerson(parts.slice(0, at), who)),
    ]
  )
}

const isInverted = ([verb, subject]: readonly Part[]): boolean =>
  verb?.pos === 'AUX' && ['i', 'you', 'he', 'she', 'it', 'we', 'they', 'there'].includes(subject?.lower ?? '')
