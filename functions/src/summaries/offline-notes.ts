import type { TranscriptMessage } from '../models/offline/transcript.ts'
import { isAssistant, titlesIn } from './assistant-part.ts'
import type { SummaryContent, SummaryLine } from './schema.ts'

/** The role of those who help; the assistant only quotes what others may do. */
const HELPER = 'admin'
/** What a helper says of what is already done or under way. */
const DONE =
  /\b(?:i|we|they)(?:'ve| have| had)\s+(?:just\s+|already\s+|now\s+)?(?:\w+ed|sent|told|gone|got|found|taken|given|made|put|spoken)\b|\b(?:i|we)\s+(?:just\s+)?(?:called|sent|told|alerted|informed|notified|dispatched|contacted|reached|arranged|booked)\b|\b(?:is|are)\s+(?:on (?:its|their|the) way|coming|being\s+\w+ed)\b/i
const QUESTION = /[?？؟]\s*$/u
const MOST = 4
/** UTF-16 units of a quotation. */
const QUOTE_MAX = 240

/** What plain methods can tell of what was done and what stayed open: in the words of those who said it. */
export function readNotes(
  transcript: readonly TranscriptMessage[],
): Pick<SummaryContent, 'done' | 'open_questions'> {
  const done = transcript.filter(({ role, content }) => role === HELPER && DONE.test(content))
  return {
    done: done.slice(-MOST).map(quote),
    open_questions: transcript.filter(isUnanswered).slice(-MOST).map(quote),
  }
}

/** A person's question after which nobody else has said anything, nor the assistant given steps. */
function isUnanswered(
  { role, speaker, content }: TranscriptMessage,
  at: number,
  transcript: readonly TranscriptMessage[],
): boolean {
  if (role === 'system' || isAssistant({ role }) || !QUESTION.test(content)) return false
  return transcript.slice(at + 1).every((later) => {
    if (isAssistant(later)) return titlesIn(later).length === 0
    return later.role === 'system' || later.speaker === speaker
  })
}

function quote({ message_id, speaker, content }: TranscriptMessage): SummaryLine {
  const words = content.replaceAll(/\s+/g, ' ').trim()
  const text = words.length > QUOTE_MAX ? `${words.slice(0, QUOTE_MAX).toWellFormed()}…` : words
  return { text: `${speaker}: “${text}”`, evidence: [message_id] }
}
