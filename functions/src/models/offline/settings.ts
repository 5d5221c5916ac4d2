import type { Weights } from './rank.ts'

/** What kind of conversation it is: it decides whether sentences are told in the third person or left as said. */
export type SummaryStyle = 'dialogue' | 'clinical' | 'meeting'
export type SummaryLength = 'brief' | 'detailed'

interface Settings {
  weights: Weights
  retells: boolean
  /** Everyday talk: people are called as they call each other, and what was asked and confirmed is told as so. */
  isChat: boolean
  /** So many turns may lie between two sentences of one person that are told as one. */
  turnsApart: number
  /** Words of the summary by those of the conversation. */
  words: Record<SummaryLength, (spoken: number) => number>
  /** So many more where people speak of an emergency: it needs to be told as a whole. */
  urgentWords: Record<SummaryLength, number>
}

const between = (least: number, value: number, most: number): number => Math.min(most, Math.max(least, value))

/** Weights found on development sets (see docs/models.md); `npm run bench:summaries` shows what they are worth. */
export const SETTINGS: Readonly<Record<SummaryStyle | 'call', Settings>> = {
  dialogue: {
    retells: true,
    isChat: true,
    turnsApart: Infinity,
    weights: {
      centroid: 1.2,
      start: 0.2,
      opening: 0.5,
      end: 0,
      question: 0.1,
      intent: 0.4,
      detail: -0.1,
      short: -0.6,
      long: -0.5,
    },
    words: {
      brief: (spoken) => between(12, 8 + spoken * 0.09, 40),
      detailed: (spoken) => between(40, spoken * 0.3, 160),
    },
    urgentWords: { brief: 0, detailed: 0 },
  },
  // What was said at different times stays apart: it may have changed since.
  call: {
    retells: true,
    isChat: false,
    turnsApart: 0,
    weights: {
      centroid: 1.3,
      start: 0.3,
      opening: 0,
      end: 0.1,
      question: 0.1,
      intent: 0.3,
      detail: 0.1,
      short: -0.6,
      long: -0.5,
    },
    words: {
      brief: (spoken) => between(18, 16 + spoken * 0.09, 40),
      detailed: (spoken) => between(40, spoken * 0.3, 160),
    },
    urgentWords: { brief: 30, detailed: 60 },
  },
  clinical: {
    retells: false,
    isChat: false,
    turnsApart: 0,
    weights: {
      centroid: 1,
      start: 0,
      opening: 0,
      end: 0,
      question: -0.3,
      intent: -0.3,
      detail: 0.2,
      short: -0.3,
      long: 0,
    },
    words: {
      brief: (spoken) => between(15, spoken * 0.4, 60),
      detailed: (spoken) => between(40, spoken * 0.35, 450),
    },
    urgentWords: { brief: 0, detailed: 0 },
  },
  meeting: {
    retells: true,
    isChat: false,
    turnsApart: 2,
    weights: {
      centroid: 1,
      start: 1.5,
      opening: 0,
      end: 0,
      question: 0,
      intent: 0,
      detail: 0,
      short: -0.5,
      long: 0.6,
    },
    words: {
      brief: (spoken) => between(30, 30 + spoken * 0.02, 130),
      detailed: (spoken) => between(60, 60 + spoken * 0.05, 300),
    },
    urgentWords: { brief: 0, detailed: 0 },
  },
}
