import MiniSearch from 'minisearch'
import { relatedTo } from './concepts.ts'
import type { Fact, PersonaBase, Prospect } from './schema.ts'
import { stemsOf } from './words.ts'

export interface RankedFact {
  fact: Fact
  /** Of the best one: 1. */
  score: number
}

export interface Retrieved {
  /** The best first. */
  ranked: RankedFact[]
  /** The share of the question that something known speaks of, 0 to 1; what only a related word speaks of counts less. */
  strength: number
}

/** A related word is a guess. */
const RELATED_WEIGHT = 0.35

/** The fields of a person as facts in their own mouth, so that they too are found and cited. */
const SAID: Partial<Record<keyof PersonaBase, (value: string) => string>> = {
  full_name: (name) => `My name is ${name}.`,
  age: (age) => `I am ${age} years old.`,
  occupation: (job) => `My work: ${job}.`,
  marital_status: (status) => `I am ${status}.`,
  education_level: (level) => `My education: ${level}.`,
  annual_income: (income) => `My income in a year: ${income}.`,
  gender: (gender) => `My gender is ${gender}.`,
}

/** All that is known of somebody, with an id for each. */
export function knownFacts(prospect: Prospect): Fact[] {
  const base = Object.entries(SAID).flatMap(([name, say]): Fact[] => {
    const value = prospect[name as keyof PersonaBase]
    return value ? [{ fact_id: `${prospect.lead_id}-${name}`, kind: 'note', text: say(value) }] : []
  })
  return [...base, ...prospect.facts]
}

/** What is known of one person, to be searched any number of times. */
export interface KnownFacts {
  readonly facts: readonly Fact[]
  /**
   * What of it bears on a question.
   *
   * @param leaveOut the place of a word of the question that is passed over, to see how much hangs on it
   */
  search(question: string, leaveOut?: number): Retrieved
}

/** Reads every fact once, at the first search: reading is what costs, and each person is asked more than once. */
export function indexFacts(facts: readonly Fact[]): KnownFacts {
  let index: MiniSearch<{ id: number; text: string }> | undefined
  const readAll = () => {
    const made = new MiniSearch<{ id: number; text: string }>({
      fields: ['text'],
      tokenize: stemsOf,
      processTerm: (stem) => stem,
    })
    made.addAll(facts.map(({ text }, id) => ({ id, text })))
    return made
  }
  return {
    facts,
    search(question, leaveOut) {
      const all = [...new Set(stemsOf(question))]
      const stems = leaveOut === undefined || all.length < 2 ? all : all.toSpliced(leaveOut % all.length, 1)
      const weights = new Map<string, number>()
      for (const stem of stems) {
        for (const related of relatedTo(stem)) weights.set(related, weights.get(related) ?? RELATED_WEIGHT)
      }
      for (const stem of stems) weights.set(stem, 1)
      index ??= readAll()
      const found = index.search([...weights.keys()].join(' '), {
        tokenize: (text) => text.split(' ').filter(Boolean),
        boostTerm: (stem) => weights.get(stem) ?? 1,
      })
      const best = found[0]?.score ?? 1
      const ranked = found.flatMap(({ id, score }) => {
        const fact = facts[Number(id)]
        return fact === undefined ? [] : [{ fact, score: score / best }]
      })
      return { ranked, strength: strengthOf(stems, new Set(found.flatMap(({ terms }) => terms))) }
    },
  }
}

function strengthOf(stems: readonly string[], spokenOf: ReadonlySet<string>): number {
  if (stems.length === 0) return 0
  const found = stems.map((stem) => {
    if (spokenOf.has(stem)) return 1
    return relatedTo(stem).intersection(spokenOf).size > 0 ? 0.7 : 0
  })
  return found.reduce((sum: number, each) => sum + each, 0) / stems.length
}
