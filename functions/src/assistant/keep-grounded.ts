import { contentWords, isDenial } from '../procedures/words.ts'

/** A step, or a thing not to do, of a procedure that was found. */
export interface Step {
  readonly id: string
  readonly text: string
}
/** What a model made of one. */
export interface Line {
  readonly text: string
  readonly steps: readonly string[]
}

const NUMBER = /\p{Nd}+(?:[.,:]\p{Nd}+)*/gu
/** Nobody here knows whether help comes, or what somebody has. Our own steps say neither. */
const CLAIMS =
  /\b(on (its|the|their|your) way|is coming|are coming|will (come|arrive|be there|be fine|be ok\w*)|arriv\w+|dispatched|has been sent|have (sent|called)|you have|he has|she has|they have|diagnos\w+|suffer\w*)\b|आ रही है|आ रहे हैं|रास्ते में|en camino|ya viene|في الطريق|قادم/iu
/** Said around a step without changing it. */
const FILLERS: ReadonlySet<string> = new Set(
  'now next then first keep stay again make sure step when while until their them'.split(' '),
)
/** How much of a step's words has to be said. */
const MIN_KEPT = 0.7
const MAX_LENGTH = 300

/**
 * The steps in the model's words where it kept to them, and in their own where it did not. A line counts when it cites
 * one step that there is, says nothing that this step does not say (no further word or number, no promise, no turned
 * denial), and leaves out little of it. So nothing is lost, added or put in another order, whatever the model says.
 */
export function keepGrounded(lines: readonly Line[], steps: readonly Step[]): Step[] {
  return steps.map((step) => {
    const line = lines.find((each) => each.steps.length === 1 && each.steps[0] === step.id)
    return line !== undefined && isFaithful(line.text, step.text)
      ? { id: step.id, text: line.text.trim() }
      : step
  })
}

function isFaithful(text: string, source: string): boolean {
  if (text.trim() === '' || text.length > MAX_LENGTH || /[\r\n]/.test(text) || CLAIMS.test(text)) return false
  const said = contentWords(text)
  const meant = contentWords(source)
  const known = new Set([...meant, ...FILLERS])
  if (!said.every((word) => known.has(word))) return false
  if (said.filter(isDenial).length !== meant.filter(isDenial).length) return false
  const kept = meant.filter((word) => said.includes(word)).length
  if (meant.length > 0 && kept / meant.length < MIN_KEPT) return false
  const numbers = (of: string): string => (of.match(NUMBER) ?? []).toSorted().join(' ')
  return numbers(text) === numbers(source)
}
