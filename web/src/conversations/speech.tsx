import type { ReactNode } from 'react'
import { formatClock } from '../ui/format-time.ts'
import classes from './speech.module.css'

export type SpeechProps = {
  /** Who speaks, for people. */
  speaker: string
  /** What they are, said beside their name; undefined where the name says it. */
  standing: string | undefined
  /** Tells the sides apart besides the words. */
  side: string
  children: ReactNode
}

/** The frame around what one person said in a row. */
export function Speech({ speaker, standing, side, children }: SpeechProps) {
  return (
    <div className={classes.group} data-role={side} role="group" aria-label={speaker}>
      <p className={classes.speaker}>
        <bdi>{speaker}</bdi>
        {standing !== undefined && <span className={classes.role}>{standing}</span>}
      </p>
      {children}
    </div>
  )
}

export type SpeechLineProps = {
  messageId: string
  /** When, as it is shown beside the words (ISO 8601). */
  at: string
  /** The exact times, shown over the line. */
  times: string
  /** Whether it has just come. */
  isFresh?: boolean
  /** Stands before the time. */
  mark?: ReactNode
  /** Stands below the words. */
  below?: ReactNode
  children: ReactNode
}

/** One message, with its times at hand. */
export function SpeechLine({
  messageId,
  at,
  times,
  isFresh = false,
  mark,
  below,
  children,
}: SpeechLineProps) {
  return (
    <div className={classes.message} data-message-id={messageId} data-fresh={isFresh || undefined}>
      <div>{children}</div>
      <span className={`${classes.time} numbers`} data-times={times}>
        {mark}
        <time dateTime={at}>{formatClock(at)}</time>
      </span>
      {below}
    </div>
  )
}

/** What somebody wrote, as it is: text in any direction, with its line breaks. */
export function SpeechWords({ children }: { children: string }) {
  return (
    <p className={classes.content} dir="auto">
      {children}
    </p>
  )
}

/** Short notes below a message. */
export function SpeechNotes({ label, notes }: { label: string; notes: readonly string[] }) {
  if (notes.length === 0) return null
  return (
    <ul className={classes.notes} aria-label={label}>
      {notes.map((note) => (
        <li key={note} dir="auto">
          {note}
        </li>
      ))}
    </ul>
  )
}
