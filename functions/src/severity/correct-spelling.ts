import type { Word } from './read-words.ts'

/** Shorter words are too near to others. */
const LONG = 7
const LONGEST = 24

/** Words in good use that are one letter away from one of ours. */
const REAL = new Set(
  `breeding bleeping breaching attached detached failing filling felling calling falling insured injures grasping
  explored exploring explore explorer shouting shorting tripped trained treated leaning leading scolded strapped stubbed stripped
  swallows burying attach attaches overdone overdue drawing crowned burnings chocking crashed crushes collapses
  threats treating threaten stabled gapping wearing seizing conscious chemicals boxing poisons trapper breathed
  seizures dropping drooling flooding bearing bleating choring choosing burping beating sinking shaking shooing fainter starting
  staring heating leaping missing electric electrics electrician sparking parking fighter lighting fighting spilling`.split(
    /\s+/,
  ),
)

/**
 * Sets right what is one letter (or two letters in the wrong order) away from a word that is known, in long words and
 * with the right first letter only; and `heeelp` to `help`. Offsets stay those of the text as written.
 */
export function createSpelling(known: Iterable<string>): (word: Word) => Word {
  const all = new Set(known)
  const byStart = new Map<string, string[]>()
  for (const word of all) {
    if (word.length < LONG || !/^[a-z]+$/.test(word)) continue
    const key = `${word[0]}${word.length}`
    byStart.set(key, [...(byStart.get(key) ?? []), word])
  }
  function correct(text: string): string {
    if (all.has(text)) return text
    if (/(.)\1\1/.test(text)) {
      const shorter = [text.replace(/(.)\1{2,}/g, '$1'), text.replace(/(.)\1{2,}/g, '$1$1')]
      return shorter.find((each) => all.has(each)) ?? text
    }
    if (text.length < LONG - 1 || text.length > LONGEST || REAL.has(text)) return text
    for (const length of [text.length, text.length + 1, text.length - 1]) {
      for (const word of byStart.get(`${text[0]}${length}`) ?? []) if (isOneOff(text, word)) return word
    }
    return text
  }
  return (word) => {
    const text = correct(word.text)
    return text === word.text ? word : { ...word, text }
  }
}

/** Whether one letter put in, left out or replaced, or two neighbours swapped, makes one word the other. */
function isOneOff(a: string, b: string): boolean {
  let same = 0
  while (same < a.length && a[same] === b[same]) same += 1
  const [restOfA, restOfB] = [a.slice(same), b.slice(same)]
  return (
    restOfA.slice(1) === restOfB ||
    restOfA === restOfB.slice(1) ||
    restOfA.slice(1) === restOfB.slice(1) ||
    (restOfA[0] === restOfB[1] && restOfA[1] === restOfB[0] && restOfA.slice(2) === restOfB.slice(2))
  )
}
