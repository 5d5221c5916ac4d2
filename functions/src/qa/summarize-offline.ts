import { termsOf, likeness, stemsOf } from '../prospects/words.ts'
import { type Theme, findThemes } from './find-themes.ts'
import type { PanelSummary, SummaryInput } from './summary-job.ts'

type Answer = SummaryInput['answers'][number]

const MOST_QUOTED = 160
const INSIGHTS = { concise: 3, bullet_points: 5, detailed: 6 } as const

/** Counts and quotes, by plain methods: what several speak of, who stands where, and the answer that says it most plainly. */
export function summarizeOffline({ question, answers, style, focusAreas }: SummaryInput): PanelSummary {
  const known = answers.filter(({ sentiment }) => sentiment !== 'unknown')
  const themes = byFocus(
    findThemes(
      known.map(({ answer }) => answer),
      question,
    ),
    focusAreas,
  )
  const focused = focusAreas.flatMap((focus) => insightOf(known, whoSpeaksOf(known, focus), focus) ?? [])
  const insights = [
    ...focused,
    ...themes.flatMap(({ theme, texts }) => insightOf(known, texts, theme) ?? []),
    ...standing(known),
  ].slice(0, INSIGHTS[style] + focused.length)
  const unknown = answers.length - known.length
  const lines = [
    `${answers.length} simulated ${answers.length === 1 ? 'person' : 'people'} answered.`,
    ...insights.map(({ text }) => text),
    ...(unknown > 0 ? [`${unknown} of them did not know what to say.`] : []),
  ]
  return {
    summary_text: worded(lines, style),
    key_insights: insights,
    common_themes: themes.map(({ theme, texts }) => ({ theme, lead_ids: idsAt(known, texts) })),
  }
}

const LAYOUT: Record<SummaryInput['style'], (lines: readonly string[]) => string> = {
  concise: (lines) => lines.slice(0, 4).join(' '),
  detailed: (lines) => lines.join('\n\n'),
  bullet_points: (lines) => lines.map((line) => `- ${line}`).join('\n'),
}
const worded = (lines: readonly string[], style: SummaryInput['style']): string => LAYOUT[style](lines)

const idsAt = (answers: readonly Answer[], places: readonly number[]): string[] =>
  places.flatMap((at) => answers[at]?.lead_id ?? [])

/** Themes that were asked for come first. */
function byFocus(themes: readonly Theme[], focusAreas: readonly string[]): Theme[] {
  const wanted = new Set(focusAreas.flatMap(stemsOf))
  const isWanted = ({ stems }: Theme) => Number(stems.some((stem) => wanted.has(stem)))
  return themes.toSorted((a, b) => isWanted(b) - isWanted(a))
}

function whoSpeaksOf(answers: readonly Answer[], focus: string): number[] {
  const wanted = stemsOf(focus)
  return answers.flatMap(({ answer }, at) => {
    const { counts } = termsOf(answer)
    return wanted.some((stem) => counts.has(stem)) ? [at] : []
  })
}

function insightOf(
  answers: readonly Answer[],
  places: readonly number[],
  theme: string,
): PanelSummary['key_insights'][number] | null {
  const speaking = places.flatMap((at) => answers[at] ?? [])
  const typical = mostTypical(speaking)
  if (typical === undefined) return null
  return {
    text: `${speaking.length} of ${answers.length} speak of ${theme}; ${typical.name}: “${quote(typical.answer)}”`,
    lead_ids: speaking.map(({ lead_id }) => lead_id),
  }
}

/** The one most like all the others. */
function mostTypical(answers: readonly Answer[]): Answer | undefined {
  const all = termsOf(answers.map(({ answer }) => answer).join(' '))
  return answers
    .map((answer) => ({ answer, score: likeness(termsOf(answer.answer), all) }))
    .toSorted((a, b) => b.score - a.score)[0]?.answer
}

/** Where people stand, and the largest group that stands elsewhere. */
function standing(answers: readonly Answer[]): PanelSummary['key_insights'] {
  const groups = [...Map.groupBy(answers, ({ sentiment }) => sentiment)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  )
  return groups.slice(0, 2).map(([sentiment, group]) => ({
    text: `${group.length} of ${answers.length} answers are ${sentiment}.`,
    lead_ids: group.map(({ lead_id }) => lead_id),
  }))
}

function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= MOST_QUOTED) return line
  return `${line.slice(0, line.lastIndexOf(' ', MOST_QUOTED))}…`
}
