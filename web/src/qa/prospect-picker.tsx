import { LeadClassification, MAX_PROSPECTS, type PersonaBase } from '@lifeline/functions/contract'
import { Button, Chip, Group, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { describeError } from '../api/errors.ts'
import { type Draft, choose, leaveOut } from './draft.ts'
import classes from './prospect-picker.module.css'
import { ProspectList } from './prospect-list.tsx'
import { toProspectQuery } from './prospect-query.ts'
import { useQaApi } from './qa-api.ts'
import { PROSPECTS_PER_PAGE, useProspects } from './use-prospects.ts'
import { CLASS_WORDS } from './words.ts'

const SEARCH_MS = 250

export type ProspectPickerProps = {
  draft: Draft
  onChange: (change: (draft: Draft) => Draft) => void
  /** Chosen ones that the API refused. */
  invalidIds: readonly string[]
  problem: string | undefined
  /** What else can be done with prospects. */
  actions?: ReactNode
}

/** Who is asked: search, filter by classification, one by one or all that the filter finds. */
export function ProspectPicker({ draft, onChange, invalidIds, problem, actions }: ProspectPickerProps) {
  const api = useQaApi()
  const [search, setSearch] = useState('')
  const [classification, setClassification] = useState<LeadClassification[]>([])
  const [isOnlyChosen, setOnlyChosen] = useState(false)
  const [page, setPage] = useState(1)
  const [searched] = useDebouncedValue(search, SEARCH_MS)
  const filter = { search: searched, classes: classification }
  const found = useProspects(filter, page)
  const all = useMutation({
    mutationFn: () => api.allProspects(toProspectQuery(filter), MAX_PROSPECTS, AbortSignal.timeout(15_000)),
    onSuccess: (personas) => onChange((before) => choose(before, personas)),
  })
  const { chosen } = draft
  const counts = found.data?.classification_counts
  const total = found.data?.total_count ?? 0
  const toggle = (persona: PersonaBase) =>
    onChange((before) =>
      before.chosen.has(persona.lead_id) ? leaveOut(before, [persona.lead_id]) : choose(before, [persona]),
    )
  const showFromStart =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value)
      setPage(1)
    }
  const shown = isOnlyChosen ? [...chosen.values()] : (found.data?.prospects ?? [])
  return (
    <fieldset
      className={classes.root}
      aria-describedby={problem === undefined ? undefined : 'qa-who-problem'}
    >
      <legend className={classes.legend}>Prospects</legend>
      <TextInput
        aria-label="Search prospects"
        placeholder="Name, occupation or id"
        leftSection={<IconSearch size={16} aria-hidden />}
        type="search"
        // Here it is mended; the words stand below the list.
        error={problem !== undefined}
        value={search}
        disabled={isOnlyChosen}
        onChange={({ currentTarget: { value } }) => showFromStart(setSearch)(value)}
      />
      <div className={classes.bulk}>
        <Chip.Group
          multiple
          value={classification}
          onChange={(values) => showFromStart(setClassification)(values)}
        >
          <Group gap={8} role="group" aria-label="Classification">
            {LeadClassification.options.map((each) => (
              <Chip key={each} value={each} size="sm" variant="outline" disabled={isOnlyChosen}>
                {CLASS_WORDS[each]} <span className="numbers">{counts?.[each] ?? '…'}</span>
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <span className={classes.actions}>{actions}</span>
      </div>
      <div className={classes.bulk}>
        <Button
          size="compact-sm"
          variant="default"
          loading={all.isPending}
          disabled={total === 0 || isOnlyChosen}
          onClick={() => all.mutate()}
        >
          {total > MAX_PROSPECTS ? `Select the first ${MAX_PROSPECTS}` : `Select all ${total}`}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={chosen.size === 0}
          onClick={() => onChange((before) => leaveOut(before, [...before.chosen.keys()]))}
        >
          Select none
        </Button>
        <Chip size="xs" variant="outline" checked={isOnlyChosen} onChange={setOnlyChosen}>
          Only selected
        </Chip>
      </div>
      {all.error !== null && (
        <p className={classes.problem} role="alert">
          {describeError(all.error)}
        </p>
      )}
      <ProspectList
        prospects={shown}
        chosen={chosen}
        isFull={chosen.size >= MAX_PROSPECTS}
        invalidIds={invalidIds}
        state={isOnlyChosen ? 'chosen' : found.isError ? 'failed' : found.isPending ? 'loading' : 'found'}
        isFiltered={searched.trim() !== '' || classification.length > 0}
        isStale={found.isPlaceholderData && !isOnlyChosen}
        error={found.error}
        onRetry={() => void found.refetch()}
        onToggle={toggle}
      />
      <div className={classes.foot}>
        <span className={`${classes.count} numbers`} role="status">
          {chosen.size} of at most {MAX_PROSPECTS} selected
        </span>
        {!isOnlyChosen && total > PROSPECTS_PER_PAGE && (
          <nav className={classes.pages} aria-label="Pages of prospects">
            <Button
              size="compact-sm"
              variant="default"
              disabled={page <= 1}
              onClick={() => setPage(page - 1)}
            >
              Back
            </Button>
            <span className="numbers">
              {(page - 1) * PROSPECTS_PER_PAGE + 1}–{Math.min(total, page * PROSPECTS_PER_PAGE)} of {total}
            </span>
            <Button
              size="compact-sm"
              variant="default"
              disabled={page * PROSPECTS_PER_PAGE >= total}
              onClick={() => setPage(page + 1)}
            >
              Next
            </Button>
          </nav>
        )}
      </div>
      {problem !== undefined && (
        <p className={classes.problem} id="qa-who-problem" role="alert">
          {problem}
          {invalidIds.length > 0 && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => onChange((before) => leaveOut(before, invalidIds))}
            >
              Leave them out
            </Button>
          )}
        </p>
      )}
    </fieldset>
  )
}
