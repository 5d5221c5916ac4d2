import { randomInt } from 'node:crypto'

const alphabet = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
const timeLength = 8
const randomLength = 12

/**
 * A source of push ids (protocol notes, section 1): 8 characters of time (ms) and 12 random ones, so that ids sort in
 * the order in which they were made, those of one millisecond too.
 */
export function createPushIds(random: (below: number) => number = randomInt): (now: number) => string {
  let lastTime = -1
  let digits: number[] = []
  return (now) => {
    // A clock that steps back must not make an id that sorts before the last one.
    const time = Math.max(now, lastTime)
    digits =
      time === lastTime
        ? increment(digits)
        : Array.from({ length: randomLength }, () => random(alphabet.length))
    lastTime = time
    return encodeTime(time) + digits.map((digit) => alphabet.charAt(digit)).join('')
  }
}

function encodeTime(time: number): string {
  let text = ''
  for (let rest = time; text.length < timeLength; rest = Math.floor(rest / alphabet.length)) {
    text = alphabet.charAt(rest % alphabet.length) + text
  }
  return text
}

function increment(digits: readonly number[]): number[] {
  const next = [...digits]
  for (let index = next.length - 1; index >= 0; index -= 1) {
    const digit = (next[index] ?? 0) + 1
    next[index] = digit % alphabet.length
    if (digit < alphabet.length) break
  }
  return next
}
