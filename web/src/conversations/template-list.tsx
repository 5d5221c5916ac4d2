import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import classes from './template-list.module.css'
import type { Templates } from './use-templates.ts'

/** The phrases above the field, the active one marked. The focus stays in the field. */
export function TemplateList({ templates, onPick }: { templates: Templates; onPick: (at: number) => void }) {
  const { found, active, listId, optionId, retry } = templates
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active, found])
  if (found === undefined || found === null || found.length === 0) {
    return (
      <div className={classes.list} role="status">
        <p className={classes.word}>
          {found === undefined
            ? 'Loading the phrases'
            : found === null
              ? 'The phrases cannot be loaded.'
              : 'No phrase holds these words.'}
          {found === null && (
            <Button
              size="compact-sm"
              variant="default"
              onMouseDown={(event) => event.preventDefault()}
              onClick={retry}
            >
              Try again
            </Button>
          )}
        </p>
      </div>
    )
  }
  return (
    <div className={classes.list} role="listbox" id={listId} aria-label="Phrases" ref={list}>
      {found.map(({ template_id, title, text }, at) => (
        // The keyboard works in the field, which names the active option.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={template_id}
          id={optionId(at)}
          className={classes.option}
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(at)}
        >
          <span className={classes.title} dir="auto">
            {title}
          </span>
          <span className={classes.text} dir="auto">
            {text}
          </span>
        </div>
      ))}
    </div>
  )
}
