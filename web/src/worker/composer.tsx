import { MESSAGE_MAX_LENGTH } from '@lifeline/functions/contract'
import { ActionIcon, Textarea } from '@mantine/core'
import { IconSend2 } from '@tabler/icons-react'
import { useState, type FormEvent, type KeyboardEvent } from 'react'
import classes from './composer.module.css'

/** Below this many characters left, they are counted. */
const COUNT_BELOW = 500

const DRAFT_KEY = 'lifeline-draft'

export type ComposerProps = {
  onSend: (content: string) => void
  /** Told at every key whether something is being written. */
  onTyping: (isTyping: boolean) => void
}

/** A big field and a big button. What is half written survives a reload. */
export function Composer({ onSend, onTyping }: ComposerProps) {
  const [text, setText] = useState(() => localStorage.getItem(DRAFT_KEY) ?? '')
  const left = MESSAGE_MAX_LENGTH - text.length

  const change = (next: string) => {
    setText(next)
    try {
      localStorage.setItem(DRAFT_KEY, next)
    } catch {
      // A full store costs the draft its safety and nothing else.
    }
  }
  const send = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault()
    const content = text.trim()
    if (content === '') return
    onSend(content)
    onTyping(false)
    change('')
  }
  const press = (event: KeyboardEvent) => {
    // On a phone Enter is for a new line, and the thumb finds the button.
    const isKeyboard = matchMedia('(pointer: fine)').matches
    if (event.key === 'Enter' && !event.shiftKey && isKeyboard && !event.nativeEvent.isComposing) send(event)
  }
  return (
    <form className={classes.form} onSubmit={send}>
      <Textarea
        className={classes.field ?? ''}
        aria-label="Your message"
        placeholder="Write what is happening"
        autosize
        minRows={2}
        maxRows={6}
        size="md"
        dir="auto"
        maxLength={MESSAGE_MAX_LENGTH}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          change(value)
          onTyping(value.trim() !== '')
        }}
        onKeyDown={press}
      />
      <ActionIcon type="submit" size={64} radius="lg" aria-label="Send" disabled={text.trim() === ''}>
        <IconSend2 size={28} aria-hidden />
      </ActionIcon>
      {left < COUNT_BELOW && (
        <p className={`${classes.count} numbers`} role="status">
          {left} characters left
        </p>
      )}
    </form>
  )
}
