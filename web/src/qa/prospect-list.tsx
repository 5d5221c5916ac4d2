import type { PersonaBase } from '@lifeline/functions/contract'
import { Button, Checkbox, Skeleton, VisuallyHidden } from '@mantine/core'
import { describeError } from '../api/errors.ts'
import { ClassBadge } from './badges.tsx'
import { Portrait, nameOf } from './portrait.tsx'
import classes from './prospect-list.module.css'

export type ProspectListProps = {
  prospects: readonly PersonaBase[]
  chosen: ReadonlyMap<string, PersonaBase>
  /** Nobody more can be chosen. */
  isFull: boolean
  invalidIds: readonly string[]
  state: 'loading' | 'failed' | 'found' | 'chosen'
  isFiltered: boolean
  /** What is shown belongs to an earlier filter. */
  isStale: boolean
  error: unknown
  onRetry: () => void
  onToggle: (persona: PersonaBase) => void
}

/** A page of prospects to be ticked. Has the same height whatever is in it. */
export function ProspectList(props: ProspectListProps) {
  const { prospects, state, isStale } = props
  return (
    <div className={classes.box} aria-busy={state === 'loading' || isStale}>
      {state === 'loading' ? (
        <Ghosts />
      ) : state === 'failed' ? (
        <div className={classes.state} role="alert">
          <p>The prospects cannot be loaded. {describeError(props.error)}</p>
          <Button size="compact-sm" variant="default" onClick={props.onRetry}>
            Try again
          </Button>
        </div>
      ) : prospects.length === 0 ? (
        <p className={classes.state}>{emptyWords(props)}</p>
      ) : (
        <ul className={classes.list} aria-label="Prospects">
          {prospects.map((persona) => (
            <Row key={persona.lead_id} persona={persona} {...props} />
          ))}
        </ul>
      )}
    </div>
  )
}

function emptyWords({ state, isFiltered }: ProspectListProps): string {
  if (state === 'chosen') return 'Nobody is selected yet.'
  return isFiltered
    ? 'Nobody fits. Search for something else, or take a filter away.'
    : 'Your company has no prospects yet. A manager can import them.'
}

type RowProps = Pick<ProspectListProps, 'chosen' | 'isFull' | 'invalidIds' | 'onToggle'> & {
  persona: PersonaBase
}

function Row({ persona, chosen, isFull, invalidIds, onToggle }: RowProps) {
  const { lead_id, occupation, age, lead_classification } = persona
  const isChosen = chosen.has(lead_id)
  const about = [occupation, age].filter(Boolean).join(', ')
  return (
    <li data-invalid={invalidIds.includes(lead_id) || undefined} className={classes.item}>
      <label className={classes.row}>
        <Checkbox
          checked={isChosen}
          disabled={!isChosen && isFull}
          onChange={() => onToggle(persona)}
          // The label around it is its name.
          size="sm"
        />
        <Portrait persona={persona} />
        <span className={classes.who}>
          <bdi className={classes.name}>{nameOf(persona)}</bdi>
          <bdi className={classes.about}>
            {invalidIds.includes(lead_id) ? 'not there any more' : about || lead_id}
          </bdi>
        </span>
        <ClassBadge of={lead_classification} />
      </label>
    </li>
  )
}

function Ghosts() {
  return (
    <div className={classes.list}>
      <VisuallyHidden role="status">Loading the prospects</VisuallyHidden>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div className={classes.row} key={row} aria-hidden>
          <Skeleton height={20} width={20} />
          <Skeleton height={32} circle />
          <Skeleton height={16} width="60%" />
        </div>
      ))}
    </div>
  )
}
