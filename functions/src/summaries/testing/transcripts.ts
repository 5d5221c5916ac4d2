import type { TranscriptMessage } from '../../models/offline/transcript.ts'

const ROLES: Record<string, string> = { Ravi: 'user', Ava: 'admin' }

/** `Ravi: There is smoke`: the n-th line is message `m<n>`. */
export const transcriptOf = (text: string): TranscriptMessage[] =>
  text
    .trim()
    .split('\n')
    .map((line, at) => {
      const [speaker = '', ...words] = line.trim().split(': ')
      return {
        message_id: `m${at + 1}`,
        speaker,
        role: ROLES[speaker] ?? 'system',
        content: words.join(': '),
      }
    })

export const SMOKE = transcriptOf(`
  Ravi: There is smoke in hall 4 and Meena is still inside.
  Ava: Are you out of the hall yourself, Ravi?
  Ravi: Yes. The door on the north side is locked.
  Ava: I have called the fire brigade. Please stay outside.
  Ravi: How long will they need?
`)
