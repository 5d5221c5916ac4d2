import { type QuestionSession, SummaryStyle } from '@lifeline/functions/contract'
import { Button, Group, Radio, TagsInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, describeError } from '../api/errors.ts'
import { Dialog } from '../ui/dialog.tsx'
import classes from './dialogs.module.css'
import { useQaApi } from './qa-api.ts'
import { describeQuota } from './refusal.ts'
import { rememberSession } from './use-session.ts'
import { STYLE_WORDS } from './words.ts'

export type RegenerateDialogProps = { session: QuestionSession; opened: boolean; onClose: () => void }

const MOST_AREAS = 10
const LONGEST_AREA = 100

/** Has the summary written anew, in a style and above all about what matters to whoever asks. */
export function RegenerateDialog({ session, opened, onClose }: RegenerateDialogProps) {
  const api = useQaApi()
  const queries = useQueryClient()
  const [style, setStyle] = useState<SummaryStyle>(session.summary?.summary_style ?? 'concise')
  const [areas, setAreas] = useState<string[]>(session.summary?.focus_areas ?? [])
  const tooLong = areas.find((area) => area.length > LONGEST_AREA)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.regenerate(session.session_id, { summary_style: style, focus_areas: areas }),
    onSuccess: (summary) => {
      rememberSession(queries, { ...session, summary })
      onClose()
    },
  })
  return (
    <Dialog title="Write the summary anew" opened={opened} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (tooLong === undefined) mutate()
        }}
      >
        <Radio.Group label="Style" value={style} onChange={setStyle}>
          <Group gap={16} mt={4}>
            {SummaryStyle.options.map((each) => (
              <Radio key={each} value={each} label={STYLE_WORDS[each]} />
            ))}
          </Group>
        </Radio.Group>
        <TagsInput
          label="Above all about"
          description="Press Enter after each; up to ten."
          placeholder={areas.length === 0 ? 'price, trust' : ''}
          value={areas}
          onChange={setAreas}
          maxTags={MOST_AREAS}
          acceptValueOnBlur
          error={tooLong === undefined ? undefined : `“${tooLong.slice(0, 20)}…” is too long.`}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        <p className={classes.note}>
          It counts as one of your questions for today. The last one is replaced.
        </p>
        {error !== null && (
          <p className={classes.problem} role="alert">
            {describe(error)}
          </p>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Leave it
          </Button>
          <Button type="submit" loading={isPending}>
            Write it
          </Button>
        </Group>
      </form>
    </Dialog>
  )
}

function describe(error: Error): string {
  if (error instanceof ApiError && error.code === 'QUOTA_EXCEEDED') return describeQuota(error, Date.now())
  // The server's own words: they say that the last summary is kept.
  if (error instanceof ApiError && error.code === 'PROCESSING_ERROR') return error.message
  return describeError(error)
}
