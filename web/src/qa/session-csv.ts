import type { QuestionSession } from '@lifeline/functions/contract'

/** Spreadsheets take a cell that begins so for a formula, some even after white space, or with the wide signs. */
const FORMULA = /^[\s\uFEFF]*[=+\-@＝＋－＠]|^[\t\r]/

/** Excel reads UTF-8 only where a file says so. */
const BYTE_ORDER_MARK = '\uFEFF'

/** One cell (RFC 4180), never a formula: what looks like one is made text by an apostrophe. */
export function csvCell(value: string | number | null | undefined): string {
  if (typeof value === 'number') return String(value)
  const text = value ?? ''
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

type Row = readonly (string | number | null | undefined)[]

/** Rows of cells as a file that spreadsheets open as it is meant. */
export const toCsv = (rows: readonly Row[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')

const HEADER = [
  'record',
  'session_id',
  'question',
  'lead_id',
  'full_name',
  'lead_classification',
  'occupation',
  'age',
  'sentiment',
  'answer',
  'confidence_score',
  'confidence_retrieval',
  'confidence_coverage',
  'confidence_agreement',
  'claims',
  'facts',
  'answered_at',
  'model',
  'composed_offline',
  'simulated',
] as const

type Cells = Partial<Record<(typeof HEADER)[number], string | number | null>>

/**
 * A session as one table: a row for each answer, for each prospect who failed, and for each line of the summary, told
 * apart by the first column. Every row says that it is simulated, for rows are copied out of their files.
 */
export function sessionCsv(session: QuestionSession): string {
  const { session_id, question, summary } = session
  const personas = new Map(session.target_prospects.map((persona) => [persona.lead_id, persona]))
  const row = (record: string, cells: Cells) => {
    const all = { record, session_id, question, simulated: 'simulated', ...cells }
    return HEADER.map((name) => (all as Record<string, string | number | null | undefined>)[name])
  }
  const answers = session.responses.map(({ persona, confidence_parts, claims, facts, ...answer }) =>
    row('answer', {
      lead_id: persona.lead_id,
      full_name: persona.full_name ?? null,
      lead_classification: persona.lead_classification ?? null,
      occupation: persona.occupation ?? null,
      age: persona.age ?? null,
      sentiment: answer.sentiment,
      answer: answer.answer,
      confidence_score: answer.confidence_score,
      confidence_retrieval: confidence_parts.retrieval,
      confidence_coverage: confidence_parts.coverage,
      confidence_agreement: confidence_parts.agreement,
      claims: claims.map(({ text, fact_ids }) => `${text} [${fact_ids.join(' ')}]`).join('\n'),
      facts: facts.map(({ fact_id, kind, text }) => `[${fact_id}] ${kind}: ${text}`).join('\n'),
      answered_at: answer.answered_at,
      model: answer.model,
      composed_offline: answer.composed_offline ? 'yes' : 'no',
    }),
  )
  const failed = session.failed_prospects.map(({ lead_id, full_name, reason }) => {
    const persona = personas.get(lead_id)
    const lead_classification = persona?.lead_classification ?? null
    return row('failed', { lead_id, full_name, lead_classification, answer: reason })
  })
  return toCsv([
    HEADER,
    row('status', { answer: session.error_message ?? session.status }),
    ...(summary === null ? [] : summaryRows(summary, row)),
    ...answers,
    ...failed,
  ])
}

function summaryRows(
  summary: NonNullable<QuestionSession['summary']>,
  row: (record: string, cells: Cells) => Row,
): Row[] {
  const note = (record: string, answer: string | number | null) => row(record, { answer })
  const { panel, sentiment_distribution, key_insights, common_themes } = summary
  return [
    note('summary', summary.summary_text),
    ...key_insights.map((insight) => note('insight', insight)),
    ...common_themes.map((theme) => note('theme', theme)),
    ...Object.entries(sentiment_distribution).map(([side, count]) => note(`sentiment ${side}`, count)),
    note('label', panel.label),
    ...panel.reasons.map((reason) => note('warning', reason)),
    note('n', panel.n),
    note('spread wording', panel.spread?.wording ?? null),
    note('spread sentiment', panel.spread?.sentiment ?? null),
    note('mean confidence', panel.mean_confidence),
    note('nearly identical answers', panel.near_identical.count),
    note('noise within person', panel.noise?.within_person ?? null),
    note('noise between people', panel.noise?.between_people ?? null),
    ...panel.controls.questions.map(({ question, right, asked }) =>
      note('control', `${question} ${right} of ${asked} right`),
    ),
    ...panel.dissent.map(({ lead_id, full_name, sentiment, answer }) =>
      row('dissent', { lead_id, full_name, sentiment, answer }),
    ),
  ]
}

/** The same as JSON: the session as the API shows it, with what it is on top. */
export const sessionJson = (session: QuestionSession): string =>
  `${JSON.stringify({ notice: 'Simulated people answered. This is no survey.', ...session }, null, 2)}\n`
