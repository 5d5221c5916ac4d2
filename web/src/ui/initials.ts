/** One or two letters that stand for a person: `Ava Miller` → `AM`, `admin_ben` → `B`. */
export function initialsOf(nameOrId: string): string {
  const words = nameOrId
    .replace(/^(admin|worker)_/, '')
    .split(/[\s_.@-]+/)
    .filter((word) => word !== '')
  const letters = words.slice(0, 2).map((word) => firstLetter(word))
  return letters.join('').toUpperCase() || '?'
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** What a person sees as one letter, also where it is written with several code points. */
function firstLetter(word: string): string {
  const [first] = graphemes.segment(word)
  return first?.segment ?? ''
}
