import {
  MESSAGE_MAX_LENGTH,
  PHOTO_WORDS,
  VOICE_WORDS,
  type MediaAttachment,
} from '@lifeline/functions/contract'
import { Button, Textarea } from '@mantine/core'
import { IconPaperclip, IconSend2 } from '@tabler/icons-react'
import { useRef, useState, type DragEvent, type FormEvent, type KeyboardEvent } from 'react'
import { KeyHint } from '../ui/key-hint.tsx'
import { AttachmentPreview } from './attachment-preview.tsx'
import classes from './reply-composer.module.css'
import { TemplateList } from './template-list.tsx'
import { templateQuery } from './templates.ts'
import { useAttachment } from './use-attachment.ts'
import { useDraft } from './use-draft.ts'
import { useTemplates } from './use-templates.ts'

/** Below this many characters left, they are counted. */
const COUNT_BELOW = 500

export type ReplyComposerProps = {
  /** Whose draft of which conversation; must not change. */
  draftName: string
  /** Whether the viewer has just taken the call over, and so wants to write. */
  isAwaited: boolean
  onSend: (content: string, attachment?: MediaAttachment) => void
  /** Told at every key whether an answer is being written. */
  onTyping: (isTyping: boolean) => void
}

/**
 * Where the holder of a call answers. Enter sends, Shift+Enter makes a line, `/` offers the standing phrases; a photo or a
 * recording is chosen, dropped or pasted.
 */
export function ReplyComposer({ draftName, isAwaited, onSend, onTyping }: ReplyComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, change] = useDraft(draftName)
  const templates = useTemplates(text)
  const left = MESSAGE_MAX_LENGTH - text.trim().length
  const picker = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const attachment = useAttachment()
  const ready = attachment.draft?.upload.step === 'ready' ? attachment.draft.upload.attachment : undefined
  const isComplete = attachment.draft === null ? text.trim() !== '' : ready !== undefined
  const canSend = isComplete && left >= 0

  const pick = (phrase: string | undefined) => {
    if (phrase === undefined) return
    change(phrase)
    templates.close()
    field.current?.focus()
  }
  const send = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault()
    if (!canSend) return
    onSend(text.trim() || (ready?.kind === 'image' ? PHOTO_WORDS : VOICE_WORDS), ready)
    attachment.clear()
    change('')
    onTyping(false)
    templates.close()
  }
  const press = (event: KeyboardEvent) => {
    // A key that ends the composition of a character is not ours.
    if (event.nativeEvent.isComposing) return
    if (templates.isOpen && templates.press(event, pick)) return event.preventDefault()
    if (event.key === 'Escape') return field.current?.blur()
    if (event.key === 'Enter' && !event.shiftKey) send(event)
  }

  const dragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent) => {
    setOver(false)
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    attachment.take(event.dataTransfer.files)
  }

  return (
    <form
      className={classes.form}
      data-over={isOver || undefined}
      onSubmit={send}
      onDragOver={dragOver}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <AttachmentPreview {...attachment} />
      {templates.isOpen && <TemplateList templates={templates} onPick={(at) => pick(templates.choose(at))} />}
      <Textarea
        ref={field}
        aria-label="Your answer"
        aria-keyshortcuts="r"
        aria-autocomplete="list"
        aria-controls={templates.isOpen ? templates.listId : undefined}
        aria-activedescendant={templates.activeId}
        placeholder="Answer the worker"
        autosize
        minRows={2}
        maxRows={8}
        dir="auto"
        autoFocus={isAwaited}
        value={text}
        error={left < 0}
        onChange={({ currentTarget: { value } }) => {
          change(value)
          onTyping(value.trim() !== '' && templateQuery(value) === null)
        }}
        onKeyDown={press}
        onPaste={(event) => {
          const { files, types } = event.clipboardData
          // What was copied from a document comes as a picture of itself too.
          if (files.length === 0 || types.includes('text/plain')) return
          event.preventDefault()
          attachment.take(files)
        }}
        onBlur={templates.close}
      />
      <div className={classes.foot}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          rightSection={<KeyHint>/</KeyHint>}
          aria-haspopup="listbox"
          // The field keeps the focus, so that the list can be used by keyboard at once.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            field.current?.focus()
            templates.toggle()
          }}
        >
          Phrases
        </Button>
        <input
          ref={picker}
          type="file"
          accept="image/*,audio/*"
          hidden
          aria-label="Photo or recording to send"
          onChange={({ currentTarget }) => {
            attachment.take(currentTarget.files ?? [])
            // The same file may be chosen once more.
            currentTarget.value = ''
          }}
        />
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconPaperclip size={16} aria-hidden />}
          onClick={() => picker.current?.click()}
        >
          Attach
        </Button>
        {left < COUNT_BELOW ? (
          <span className={`${classes.count} numbers`} role="status" data-over={left < 0 || undefined}>
            {left < 0 ? `${-left} characters too many` : `${left} characters left`}
          </span>
        ) : (
          <span className={classes.hint}>Enter sends, Shift+Enter makes a new line</span>
        )}
        <Button type="submit" size="sm" disabled={!canSend} leftSection={<IconSend2 size={16} aria-hidden />}>
          Send
        </Button>
      </div>
    </form>
  )
}
