import { expect, test } from 'vitest'
import { createProcedureIndex } from '../procedures/find-procedures.ts'
import { fromStandard } from '../procedures/from-standard.ts'
import { STANDARD_PROCEDURES } from '../procedures/standard/standard-procedures.ts'
import {
  FRESH,
  type Fresh,
  LAST,
  LAST_OTHERS,
  UNSEEN,
  UNSEEN_OTHERS,
} from '../procedures/testing/fresh-phrasings.ts'
import { chooseAnswer } from './choose-answer.ts'

const index = createProcedureIndex(STANDARD_PROCEDURES.map(fromStandard))
/** What the worker would be shown. */
function shown(text: string): string[] {
  const answer = chooseAnswer(index, { burst: text, before: '', lastSources: null })
  return answer.kind === 'steps' ? answer.parts.map(({ procedure }) => procedure.procedure_id) : []
}

/** What was shown with something that helps in it, nothing at all, and only what does not help. */
function judge(rows: readonly Fresh[]) {
  const count = { right: 0, none: 0, wrong: 0 }
  for (const { text, wanted, also = [] } of rows) {
    const procedures = shown(text)
    if (procedures.length === 0) count.none += 1
    else if (procedures.some((id) => id === wanted || also.includes(id))) count.right += 1
    else count.wrong += 1
  }
  return count
}

// The figures are what was measured; they may get better and not worse.
test.each([
  ['that the kinds of words were then made for', FRESH, 36, 0],
  ['that they were widened by', UNSEEN, 28, 2],
  ['that nothing was changed for', LAST, 32, 2],
] as const)(
  'of phrasings %s so many are shown a procedure that helps, and so few only a wrong one',
  (_, rows, right, wrong) => {
    const counted = judge(rows)
    expect(counted.right).toBeGreaterThanOrEqual(right)
    expect(counted.wrong).toBeLessThanOrEqual(wrong)
  },
)

test.each([
  [UNSEEN_OTHERS, 2],
  [LAST_OTHERS, 5],
] as const)('what needs no procedure is seldom shown one', (texts, wrong) => {
  expect(texts.filter((text) => shown(text).length > 0).length).toBeLessThanOrEqual(wrong)
})
