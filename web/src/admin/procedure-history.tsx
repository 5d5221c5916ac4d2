import type { Procedure, ProcedureReply } from '@lifeline/functions/contract'
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { describeError } from '../api/errors.ts'
import { jsonPost } from '../api/http.ts'
import { formatExact } from '../ui/format-time.ts'
import { usePeople } from './people.ts'
import classes from './procedures-page.module.css'

export type ProcedureHistoryProps = {
  reply: ProcedureReply
  isManager: boolean
  onEdit: () => void
  /** Sends a change; rejects with what went wrong. */
  onChange: (path: string, init: RequestInit) => Promise<void>
}

/** A procedure as the assistant gives it, and what it was before. */
export function ProcedureHistory({ reply, isManager, onEdit, onChange }: ProcedureHistoryProps) {
  const { nameAdmin } = usePeople()
  const { procedure, versions } = reply
  const [shown, setShown] = useState<Procedure>(procedure)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const path = `/api/procedures/${encodeURIComponent(procedure.procedure_id)}`
  const send = async (to: string, init: RequestInit) => {
    setBusy(true)
    setProblem(null)
    try {
      await onChange(to, init)
    } catch (error) {
      setProblem(describeError(error))
    } finally {
      setBusy(false)
    }
  }
  const isCurrent = shown.version === procedure.version
  return (
    <article className={classes.procedure}>
      <h3 className={classes.title} dir="auto">
        {shown.title}
      </h3>
      <p className={classes.quiet}>
        Version {shown.version}
        {!isCurrent && ' (an earlier one)'}.{' '}
        {shown.reviewed_by === null
          ? 'Nobody of your company has reviewed it yet.'
          : `Reviewed by ${nameAdmin(shown.reviewed_by)}.`}
        {procedure.deleted && ' Taken away: the assistant does not use it.'}
      </p>
      <ol className={classes.steps}>
        {shown.steps.map((step) => (
          <li key={step} dir="auto">
            {step}
          </li>
        ))}
      </ol>
      {shown.avoid.length > 0 && (
        <ul className={classes.steps} aria-label="What not to do">
          {shown.avoid.map((step) => (
            <li key={step} dir="auto">
              {step}
            </li>
          ))}
        </ul>
      )}
      <p className={classes.quiet}>
        Also in:{' '}
        {shown.translations.map(({ language }) => LANGUAGES[language]).join(', ') || 'no other language'}
      </p>
      {problem !== null && (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      {isManager && (
        <Group>
          {isCurrent && !procedure.deleted && (
            <>
              <Button size="sm" onClick={onEdit}>
                Edit
              </Button>
              <Button
                size="sm"
                variant="default"
                loading={isBusy}
                onClick={() => void send(`${path}?version=${procedure.version}`, { method: 'DELETE' })}
              >
                Take away
              </Button>
            </>
          )}
          {!(isCurrent && !procedure.deleted) && (
            <Button
              size="sm"
              loading={isBusy}
              onClick={() =>
                void send(`${path}/restore`, jsonPost({ version: procedure.version, restore: shown.version }))
              }
            >
              Restore version {shown.version}
            </Button>
          )}
        </Group>
      )}
      <h4 className={classes.subtitle}>History</h4>
      <ol className={classes.rows} aria-label="Versions, latest first">
        {versions.map((version) => (
          <li key={version.version}>
            <button
              type="button"
              className={classes.row}
              aria-current={version.version === shown.version || undefined}
              onClick={() => setShown(version)}
            >
              <span>
                Version {version.version}
                {version.deleted ? ', taken away' : ''}
              </span>
              <span className={classes.quiet}>
                {version.changed_by === null || version.changed_at === null
                  ? 'As it came with Lifeline'
                  : `${nameAdmin(version.changed_by)}, ${formatExact(version.changed_at)}`}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </article>
  )
}

const LANGUAGES = { hi: 'Hindi', es: 'Spanish', ar: 'Arabic' }
