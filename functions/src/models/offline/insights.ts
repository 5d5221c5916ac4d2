import { type Cue, isMoreUrgent, urgencyFloor } from '../../severity/urgency-floor.ts'
import { type ActionItem, findActionItems } from './action-items.ts'
import { findKeywords, type Keyword } from './keywords.ts'
import { readSentiment, type Sentiment } from './sentiment.ts'
import { readTranscript, type TranscriptMessage } from './transcript.ts'

export interface Severity {
  /** The most urgent that the words speak of; null: they speak of no emergency. */
  level: Cue['urgency'] | null
  evidence: string[]
}

export interface OfflineInsights {
  sentiment: Sentiment
  severity: Severity
  keywords: Keyword[]
  action_items: ActionItem[]
}

/**
 * What plain methods read from a conversation, each thing with the ids of the messages that it rests on. How people feel
 * and how bad it is are told apart: "he is not breathing, please help me" is no kind word. Of other languages than
 * English sentiment and severity know a few words, and action items none.
 */
export function insightsOffline(messages: readonly TranscriptMessage[]): OfflineInsights {
  const transcript = readTranscript(messages)
  const { sentences, isEnglish } = transcript
  return {
    sentiment: readSentiment(transcript.messages),
    severity: readSeverity(transcript.messages),
    keywords: findKeywords(sentences, isEnglish),
    action_items: isEnglish ? findActionItems(transcript) : [],
  }
}

/** Messages named as evidence of the severity. */
const EVIDENCE = 5

function readSeverity(messages: readonly TranscriptMessage[]): Severity {
  let level: Severity['level'] = null
  let evidence: string[] = []
  for (const { message_id, content } of messages) {
    const { floor } = urgencyFloor(content)
    if (floor === null) continue
    if (level === null || isMoreUrgent(floor, level)) {
      level = floor
      evidence = []
    }
    if (floor === level && evidence.length < EVIDENCE) evidence.push(message_id)
  }
  return { level, evidence }
}
