import { normalizeWord, WORD_LENGTH } from '@lifeline/functions/contract'
import { Button, PasswordInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import classes from './ok-question.module.css'

export type DuressWordProps = { onSetWord: (word: string) => Promise<string | undefined> }

/** Where a worker chooses the word that calls for help in secret. Whether there is one already is shown to nobody. */
export function DuressWord({ onSetWord }: DuressWordProps) {
  const [isOpen, setOpen] = useState(false)
  const [word, setWord] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<{ isSet: boolean; text: string }>()

  const close = () => {
    setOpen(false)
    setWord('')
    setOutcome(undefined)
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (normalizeWord(word).length < WORD_LENGTH.least) {
      setOutcome({ isSet: false, text: `Take a word of ${WORD_LENGTH.least} characters or more.` })
      return
    }
    setBusy(true)
    const problem = await onSetWord(word)
    setBusy(false)
    setOutcome({ isSet: problem === undefined, text: problem ?? 'Your word is set. Tell it to nobody.' })
    if (problem === undefined) setWord('')
  }
  return (
    <>
      <Button variant="subtle" color="gray" size="md" mt={12} onClick={() => setOpen(true)}>
        Set your duress word
      </Button>
      <Dialog title="Your duress word" opened={isOpen} onClose={close}>
        <form onSubmit={(event) => void save(event)} className={classes.form}>
          <p className={classes.text}>
            If somebody forces you to say that all is well, type this word with “I’m OK”, when you end the
            call, or as a message. The screen looks as always, and your dispatchers are warned in silence.
          </p>
          <PasswordInput
            label="Word"
            size="md"
            autoComplete="off"
            maxLength={WORD_LENGTH.most}
            value={word}
            error={outcome?.isSet === false ? outcome.text : undefined}
            onChange={({ currentTarget: { value } }) => {
              setWord(value)
              setOutcome(undefined)
            }}
          />
          <p className={classes.text} role="status">
            {outcome?.isSet === true && outcome.text}
          </p>
          <Button type="submit" size="lg" loading={isBusy} fullWidth>
            Set the word
          </Button>
        </form>
      </Dialog>
    </>
  )
}
