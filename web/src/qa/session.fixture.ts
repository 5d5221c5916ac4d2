import type {
  AnswerSentiment,
  PersonaBase,
  ProspectResponse,
  QuestionSession,
  SessionSummary,
} from '@lifeline/functions/contract'

/** Sessions for tests; what matters to a test is given, the rest is some of everything. */

export const persona = (lead_id: string, full_name = `Person ${lead_id}`): PersonaBase => ({
  lead_id,
  full_name,
  lead_classification: 'warm',
  occupation: 'Nurse',
  age: '34',
})

type AnswerPart = {
  /** ms after the first. */
  at?: number
  sentiment?: AnswerSentiment
  confidence?: number | null
  answer?: string
  name?: string
}

export function answerOf(lead_id: string, part: AnswerPart = {}): ProspectResponse {
  const { at = 0, sentiment = 'positive', confidence = 0.5, answer = 'I want it in writing.' } = part
  const { name = `Person ${lead_id}` } = part
  return {
    persona: persona(lead_id, name),
    answer,
    answered_at: new Date(1_750_000_000_000 + at).toISOString(),
    confidence_score: confidence,
    sentiment,
    claims: [{ text: answer, fact_ids: ['F-1'] }],
    facts: [{ fact_id: 'F-1', kind: 'statement', text: answer }],
    confidence_parts: { retrieval: 1, coverage: 1, agreement: confidence },
    simulated: true,
    model: 'offline',
    composed_offline: true,
  }
}

export const summaryOf = (part: Partial<SessionSummary> = {}): SessionSummary => ({
  summary_text: 'Two simulated people answered.',
  key_insights: ['Both want it in writing.'],
  sentiment_distribution: { positive: 2, neutral: 0, negative: 0, unknown: 0 },
  common_themes: ['writing'],
  generated_at: '2025-06-15T15:06:50.000Z',
  evidence: {
    insights: [{ text: 'Both want it in writing.', lead_ids: ['LEAD-1', 'LEAD-2'] }],
    themes: [{ theme: 'writing', lead_ids: ['LEAD-1', 'LEAD-2'] }],
  },
  panel: {
    n: 2,
    unknown: 0,
    failed: 0,
    mean_confidence: 0.5,
    spread: { wording: 0.25, sentiment: 0 },
    near_identical: { count: 2, share: 1, alarm: true },
    noise: null,
    dissent: [],
    controls: { asked: 0, right: 0, questions: [] },
    verdict: 'do-not-rely',
    label: 'Simulated people: do not rely on this result',
    reasons: ['Only 2 of the people had something to say.'],
  },
  summary_style: 'concise',
  focus_areas: [],
  simulated: true,
  model: 'offline',
  composed_offline: true,
  ...part,
})

export const sessionOf = (part: Partial<QuestionSession> = {}): QuestionSession => ({
  session_id: 'QS-1',
  question: 'What worries you?',
  image_url: null,
  target_prospects: [persona('LEAD-1'), persona('LEAD-2')],
  status: 'pending',
  created_at: '2025-06-15T15:06:40.000Z',
  updated_at: '2025-06-15T15:06:40.000Z',
  completed_at: null,
  responses: [],
  summary: null,
  total_expected: 2,
  total_responded: 0,
  error_message: null,
  created_by: 'admin_ava',
  context: {},
  failed_prospects: [],
  cancelled_at: null,
  simulated: true,
  ...part,
})
