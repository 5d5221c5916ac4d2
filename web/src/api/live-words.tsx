import { ConnectionWords } from '../ui/connection-words.tsx'
import { useNow } from '../ui/use-now.ts'
import type { StreamState } from './event-stream.ts'
import { describeFreshness, type Standin } from './freshness.ts'

/** How current the screen is, in words that tick by themselves. */
export function LiveWords({ stream, standin }: { stream: StreamState; standin: Standin }) {
  const { tone, words, spoken } = describeFreshness(stream, standin, useNow())
  return <ConnectionWords tone={tone} words={words} spoken={spoken} />
}
