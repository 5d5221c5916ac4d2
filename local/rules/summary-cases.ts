import { everybodyElse, type WriteCase } from './write-case.ts'
import type { ActorName } from './fixture.ts'

const summary = (overrides: Record<string, unknown> = {}, conversation = 'conv_ravi') => ({
  [`live_summaries/${conversation}`]: {
    content: '{}',
    model: 'lifeline-offline',
    is_fallback: false,
    covers_up_to: 'msg_old',
    covers_at: 1_000,
    covers_count: 2,
    updated_at: 2_000,
    ...overrides,
  },
})

/**
 * `live_summaries`: the API's alone, for the team's eyes, and never one that covers less than the one before. `measures`: no
 * rule lets anybody near them.
 */
export const summaryCases: readonly WriteCase[] = [
  ['a first summary', 'the API', summary(), true],
  ['a summary of no conversation', 'the API', summary({}, 'conv_none'), false],
  ['a summary up to no message', 'the API', summary({ covers_up_to: 'msg_none' }), false],
  ['a summary with something else in it', 'the API', summary({ anything_else: 1 }), false],
  ['a summary without its content', 'the API', summary({ content: null }), false],
  ['a summary of more than 100,000 characters', 'the API', summary({ content: 'x'.repeat(100_001) }), false],
  ['no summary any more', 'the API', { 'live_summaries/conv_held': null }, false],
  ['a summary that covers as much as the one there', 'the API', summary({}, 'conv_held'), true],
  ['a summary that covers fewer messages', 'the API', summary({ covers_count: 1 }, 'conv_held'), false],
  [
    'a summary that ends earlier',
    'the API',
    summary({ covers_at: 500, covers_up_to: 'msg_older', covers_count: 9 }, 'conv_held'),
    false,
  ],
  ...(['ravi', ...everybodyElse] as ActorName[]).map((actor): WriteCase => [
    `a summary by ${actor}`,
    actor,
    summary(),
    false,
  ]),
  ...(['ravi', 'the API', ...everybodyElse] as ActorName[]).map((actor): WriteCase => [
    `a measure by ${actor}`,
    actor,
    { 'measures/task_lag_seconds_count': 1 },
    false,
  ]),
]
