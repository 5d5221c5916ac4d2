/**
 * The JSON objects that stand in a text one after another, whatever is around them. What has braces and is no JSON is passed
 * over as a whole: a part of something that was cut must not be taken for the thing.
 */
export function jsonObjectsIn(text: string): unknown[] {
  const found: unknown[] = []
  for (let start = text.indexOf('{'); start >= 0;) {
    const end = endOfObject(text, start)
    if (end === undefined) break
    try {
      found.push(JSON.parse(text.slice(start, end)))
    } catch {
      // Braces of the talk around it; none at all is the caller's to report.
    }
    start = text.indexOf('{', end)
  }
  return found
}

/** Behind the brace that closes the one at `start`, those within strings not counted; undefined when none does. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0
  let isInString = false
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at]
    if (isInString) {
      if (sign === '\\') at += 1
      else if (sign === '"') isInString = false
    } else if (sign === '"') isInString = true
    else if (sign === '{') depth += 1
    else if (sign === '}') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return undefined
}
