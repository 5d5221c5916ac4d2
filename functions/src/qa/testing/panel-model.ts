import { setTimeout as sleep } from 'node:timers/promises'
import { type Behaviour, answers, fails, says } from '../../models/testing/model-server.ts'

export interface PanelModel {
  behaviour: Behaviour
  /** So far. `twice`: answers that came two times in one reply. `summaries`: summaries that were answered. */
  counts: { requests: number; failed: number; slow: number; twice: number; summaries: number }
  /** Well-formed answers by the name of whom they speak for. */
  answered: Map<string, number>
  /** All requests together, ms. */
  modelMs(): number
  /** When the first request for a summary came and the last one had its reply, ms since 1970; 0 before. */
  summary: { beganAt: number; endedAt: number }
}

/** Of all requests, by their place: the shares are the same in every run. */
const FAILS = 5
const IS_SLOW = { every: 20, at: 7 }
const IS_TWICE = { every: 25, at: 3 }
const isAt = (place: number, { every, at }: { every: number; at: number }) => place % every === at

/**
 * A model server on a bad day: of all requests it fails one in five and delays one in twenty by `slowMs`, and of its
 * answers it sends one in twenty-five twice in one reply. For `refuses` it has only refusals.
 */
export function panelModel({
  usualMs,
  slowMs,
  refuses = [],
}: {
  usualMs: number
  slowMs: number
  /** Names of people. */
  refuses?: readonly string[]
}): PanelModel {
  const counts = { requests: 0, failed: 0, slow: 0, twice: 0, summaries: 0 }
  const answered = new Map<string, number>()
  const summary = { beganAt: 0, endedAt: 0 }
  let modelMs = 0

  const behaviour: Behaviour = async (request, response) => {
    counts.requests += 1
    const place = counts.requests
    const began = performance.now()
    const isSlow = isAt(place, IS_SLOW)
    if (isSlow) counts.slow += 1
    await sleep(usualMs + (isSlow ? slowMs : 0))
    modelMs += performance.now() - began
    const prompt = request.body.messages
      .map(({ content }) => (typeof content === 'string' ? content : ''))
      .join('\n')
    const [, name = ''] = /^full_name: (.*)$/m.exec(prompt) ?? []
    if (name === '') {
      summary.endedAt = Date.now()
      summary.beganAt ||= summary.endedAt - (performance.now() - began)
    }
    if (refuses.includes(name)) return fails(400, { code: 'content_policy' })(request, response)
    if (place % FAILS === 0) {
      counts.failed += 1
      return fails(503, { headers: { 'retry-after-ms': '100' } })(request, response)
    }
    const answer = answerTo(prompt)
    if (isAt(place, IS_TWICE)) {
      counts.twice += 1
      const text = JSON.stringify(answer)
      return says(`${text}\n${text}`)(request, response)
    }
    if (name === '') counts.summaries += 1
    else answered.set(name, (answered.get(name) ?? 0) + 1)
    return answers(answer)(request, response)
  }
  return { behaviour, counts, answered, modelMs: () => modelMs, summary }
}

/** Says what the person has said, or sums up what the first of them said. */
function answerTo(prompt: string): object {
  const [, factId, said = ''] = /^\[(P\d+)\] \(statement\) (.*)$/m.exec(prompt) ?? []
  if (factId !== undefined) {
    return { answer: said, claims: [{ text: said, fact_ids: [factId] }], sentiment: 'negative' }
  }
  const [, leadId = ''] = /^\[(LEAD-\d+)\]/m.exec(prompt) ?? []
  return {
    summary_text: 'They worry.',
    key_insights: [{ text: 'Everybody worries.', lead_ids: [leadId] }],
    common_themes: [],
  }
}
