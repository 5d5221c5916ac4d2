import type { Template } from '@lifeline/functions/contract'

/** What follows the `/` that opens the phrases; `null` when the text is no such thing. */
export function templateQuery(text: string): string | null {
  const [, query] = /^\/(.*)$/.exec(text) ?? []
  return query ?? null
}

/** The phrases that hold every word of the query, in title, step or text. */
export function findTemplates(templates: readonly Template[], query: string): readonly Template[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  return templates.filter(({ title, stage, text }) => {
    const haystack = `${title} ${stage} ${text}`.toLocaleLowerCase()
    return words.every((word) => haystack.includes(word))
  })
}

/** The field after a phrase was chosen: in place of what opened the list, else behind what is written. */
export function insertTemplate(text: string, phrase: string): string {
  if (templateQuery(text) !== null || text.trim() === '') return phrase
  return `${text.trimEnd()} ${phrase}`
}
