import { WORD_LENGTH } from '@lifeline/functions/contract'
import { Button, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { CallLineState } from './call-line-state.ts'
import type { OpenCall } from './open-call.ts'
import classes from './ok-question.module.css'

export type OkQuestionProps = {
  call: OpenCall
  line: Pick<CallLineState, 'check' | 'outbox' | 'stored' | 'isConnected'>
  onAnswer: (checkId: string, word: string) => void
}

/** "Are you OK?", to be answered with one tap; and afterwards what has become of the answer. */
export function OkQuestion({ call, line, onAnswer }: OkQuestionProps) {
  const [word, setWord] = useState('')
  const [tapped, setTapped] = useState<string>()
  const asked = call.phase === 'active' ? openQuestion(call, line) : undefined
  const isAsked = asked !== undefined && asked !== tapped
  useEffect(() => {
    // Refused without a touch before, and not there on every phone.
    if (isAsked) navigator.vibrate?.([300, 150, 300])
  }, [isAsked, asked])
  if (isAsked) {
    return (
      <section className={classes.question} role="alert" aria-label="Are you OK?">
        <h2 className={classes.title}>Are you OK?</h2>
        <p className={classes.text}>Your dispatcher has not heard from you.</p>
        <Button
          fullWidth
          size="xl"
          className={classes.ok ?? ''}
          leftSection={<IconCheck size={28} aria-hidden />}
          onClick={() => {
            setTapped(asked)
            onAnswer(asked, word)
            setWord('')
          }}
        >
          I’m OK
        </Button>
        <TextInput
          label="Add a word (optional)"
          size="md"
          autoComplete="off"
          maxLength={WORD_LENGTH.most}
          value={word}
          onChange={({ currentTarget: { value } }) => setWord(value)}
        />
      </section>
    )
  }
  const answer = line.outbox.findLast(
    ({ write }) => write.kind === 'answer' && write.call_id === call.call_id,
  )
  if (call.phase !== 'active' || (answer === undefined && tapped === undefined)) return null
  return (
    <p className={classes.answered} role="status">
      {answer?.status === 'sent'
        ? 'You said that you are OK. Your dispatcher has it.'
        : answer?.status === 'refused'
          ? 'Your answer came too late to be taken. Write a message.'
          : line.isConnected
            ? 'You said that you are OK. Sending.'
            : 'You said that you are OK. It waits on this phone until you are back online.'}
    </p>
  )
}

/** The question that still waits for an answer: none was given, and nothing was written since. */
function openQuestion(
  { call_id }: OpenCall,
  { check, outbox, stored }: Pick<CallLineState, 'check' | 'outbox' | 'stored'>,
): string | undefined {
  if (check === null || check.answer !== undefined) return undefined
  const isAnswered = outbox.some(
    ({ write }) => write.kind === 'answer' && write.call_id === call_id && write.check_id === check.id,
  )
  const hasWritten = stored.some(({ delivery, at }) => delivery !== null && at > check.asked_at)
  return isAnswered || hasWritten ? undefined : check.id
}
