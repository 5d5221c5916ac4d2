import { type ActorName, append } from './fixture.ts'
import { everybodyElse, type WriteCase } from './write-case.ts'

/** What the assistant says, by the API. */
const answer = (rest: Record<string, unknown> = {}, conversation = 'conv_ravi') =>
  append(
    {
      role: 'assistant',
      sender_id: 'assistant',
      content: '1. Press hard on the wound.',
      sources: 'Severe bleeding (severe-bleeding v1)',
      lease: 0,
      ...rest,
    },
    conversation,
  )

/** Answers of the assistant, which the rules allow only while nobody holds the call. */
export const assistantCases: readonly WriteCase[] = [
  ['an answer of the assistant while nobody holds the call', 'the API', answer(), true],
  ['an answer without sources', 'the API', answer({ sources: '' }), true],
  [
    'an answer of the assistant into a call that is held',
    'the API',
    answer({ lease: 3 }, 'conv_held'),
    false,
  ],
  ['an answer under the lease before the holder', 'the API', answer({ lease: 0 }, 'conv_held'), false],
  ['an answer under a lease that has passed', 'the API', answer({ lease: 1 }), false],
  ['an answer that names no lease', 'the API', answer({ lease: undefined }), false],
  ['an answer into an ended call', 'the API', answer({}, 'conv_ended'), false],
  ['an answer into an ended call that was held', 'the API', answer({ lease: 3 }, 'conv_over'), false],
  ['an answer into no conversation', 'the API', answer({}, 'conv_none'), false],
  ['an answer in the name of an admin', 'the API', answer({ sender_id: 'admin_ben' }), false],
  ['an admin’s message in the name of the assistant', 'the API', answer({ role: 'admin' }), false],
  ['an answer with endless sources', 'the API', answer({ sources: 'x'.repeat(1_001) }), false],
  ['an answer without words', 'the API', answer({ content: '' }), false],
  [
    'an answer with a place',
    'the API',
    answer({
      attachment: {
        kind: 'location',
        latitude: 1,
        longitude: 1,
        accuracy_m: 1,
        captured_at: '2025-10-03T11:58:04Z',
      },
    }),
    false,
  ],
  ...(['ravi', ...everybodyElse] as ActorName[]).map((actor): WriteCase => [
    `an answer of the assistant by ${actor}`,
    actor,
    answer(),
    false,
  ]),
]
