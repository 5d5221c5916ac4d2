/** A text as searches compare it: without case, accents and blanks that do not matter. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .trim()

/** Does `text` hold every word of `search`? An empty search is in everything. */
export function isFound(search: string, text: string): boolean {
  const folded = fold(text)
  return fold(search)
    .split(' ')
    .every((word) => folded.includes(word))
}
