import { Button, SegmentedControl, VisuallyHidden } from '@mantine/core'
import { IconCloudOff, IconCoffee, IconFilter } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo, use, useMemo, useState, type ReactNode } from 'react'
import { callsUnderDuress } from '../alarms/open-alarms.ts'
import { AlarmsContext } from '../alarms/use-alarms.ts'
import { knownUntil } from '../api/freshness.ts'
import { LiveWords } from '../api/live-words.tsx'
import type { Live } from '../api/use-live.ts'
import { countHidden, filterCalls, type BoardFilter } from '../calls/board-filter.ts'
import type { Calls } from '../calls/board.ts'
import { BoardNowContext } from '../calls/board-clock.tsx'
import { BoardList } from '../calls/board-list.tsx'
import { BoardRow, type BoardRowProps } from '../calls/board-row.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import { useNow } from '../ui/use-now.ts'
import { BoardSkeleton } from './board-skeleton.tsx'
import classes from './board.module.css'
import { EndedCalls } from './ended-calls.tsx'
import { usePeople } from './people.ts'

const CHOICES: readonly { value: BoardFilter | 'ended'; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'mine', label: 'Mine' },
  { value: 'unassigned', label: 'Unassigned' },
  { value: 'ended', label: 'Ended' },
]

/** The board of calls: who needs somebody now. `openId` is the conversation on the screen. */
export function Board({ live, openId }: { live: Live<Calls>; openId: string | undefined }) {
  const { data, stream } = live
  const { me } = usePeople()
  const [choice, setChoice] = useState<BoardFilter | 'ended'>('all')
  const alarms = use(AlarmsContext)
  const duress = useMemo(() => callsUnderDuress(alarms), [alarms])
  const isStale = stream.status !== 'live'
  const filter = choice === 'ended' ? 'all' : choice
  const shown = useMemo(() => data && filterCalls(data, filter, me.uid), [data, filter, me.uid])
  const hidden = data && shown ? countHidden(data, choice === 'ended' ? new Map() : shown, duress) : 0
  const count = (each: BoardFilter) => (data === undefined ? '' : ` ${filterCalls(data, each, me.uid).size}`)
  return (
    <nav
      className={classes.board}
      aria-label="Active calls"
      data-stale={(isStale && data !== undefined) || undefined}
    >
      <div className={classes.head}>
        <h2 className={classes.title}>{choice === 'ended' ? 'Ended calls' : 'Active calls'}</h2>
        {shown !== undefined && choice !== 'ended' && (
          <span className={`${classes.count} numbers`}>
            {shown.size}
            <VisuallyHidden> active calls</VisuallyHidden>
          </span>
        )}
        {isStale && data !== undefined && <span className={classes.mark}>not live</span>}
      </div>
      <div className={classes.filters}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label="Which calls"
          value={choice}
          onChange={(value) => setChoice(value)}
          data={CHOICES.map(({ value, label }) => ({
            value,
            label: <span className="numbers">{value === 'ended' ? label : `${label}${count(value)}`}</span>,
          }))}
        />
      </div>
      <div className={classes.rows}>
        {choice === 'ended' ? (
          <EndedCalls openId={openId} activeCount={data?.size} />
        ) : shown === undefined || shown.size === 0 ? (
          <NoRows live={live} filter={filter} onShowAll={() => setChoice('all')} />
        ) : (
          // Another filter is another list: its rows have not moved, and begin at its top.
          <Rows key={choice} calls={shown} duress={duress} live={live} openId={openId} />
        )}
      </div>
      {hidden > 0 && (
        <button type="button" className={classes.hidden} onClick={() => setChoice('all')}>
          {hidden} not shown here {hidden === 1 ? 'needs' : 'need'} somebody now: show all
        </button>
      )}
    </nav>
  )
}

type NoRowsProps = { live: Live<Calls>; filter: BoardFilter; onShowAll: () => void }

/** Why there are no rows: they are on their way, cannot be had, or there are none. */
function NoRows({ live, filter, onShowAll }: NoRowsProps) {
  const { data, stream, standin } = live
  if (data === undefined && stream.failures === 0) return <BoardSkeleton />
  if (data === undefined) {
    return (
      <StateMessage
        icon={<IconCloudOff size={24} />}
        title="The board cannot be loaded"
        action={
          <Button size="sm" onClick={live.retry}>
            Try now
          </Button>
        }
      >
        <LiveWords stream={stream} standin={standin} />
        <br />
        We keep trying by ourselves.
      </StateMessage>
    )
  }
  if (data.size > 0) {
    return (
      <StateMessage
        icon={<IconFilter size={24} />}
        title={filter === 'mine' ? 'You hold no call' : 'Somebody holds every call'}
        action={
          <Button size="sm" variant="default" onClick={onShowAll}>
            Show all
          </Button>
        }
      >
        {filter === 'mine'
          ? 'What you take over stands here.'
          : 'A call that nobody holds appears here by itself.'}
      </StateMessage>
    )
  }
  const isStale = stream.status !== 'live'
  return (
    <StateMessage
      icon={<IconCoffee size={24} />}
      title={isStale ? 'No calls when we last heard' : 'No active calls'}
    >
      {isStale
        ? 'The connection is lost. New calls may be waiting.'
        : 'A call appears here by itself as soon as a worker starts one.'}
    </StateMessage>
  )
}

type RowsProps = {
  calls: Calls
  duress: ReadonlySet<string>
  live: Live<Calls>
  openId: string | undefined
}

function Rows({ calls, duress, live, openId }: RowsProps) {
  const { nameAdmin } = usePeople()
  const list = (
    <BoardList
      calls={calls}
      first={duress}
      openId={openId}
      renderRow={(call) => (
        <RowLink
          call={call}
          isOpen={call.conversation_id === openId}
          holderName={call.admin_id === null ? undefined : nameAdmin(call.admin_id)}
          isDuress={duress.has(call.call_id)}
        />
      )}
    />
  )
  return <Ticking live={live}>{list}</Ticking>
}

/** Tells the clocks below what time it is; nothing else of them is drawn again. */
function Ticking({ live, children }: { live: Live<Calls>; children: ReactNode }) {
  const now = knownUntil(live.stream, live.standin, useNow())
  return <BoardNowContext value={now}>{children}</BoardNowContext>
}

/** Drawn again only when the call itself has changed, and not while one scrolls. */
const RowLink = memo(({ isOpen, ...row }: BoardRowProps & { isOpen: boolean }) => (
  <Link
    className={classes.row ?? ''}
    to="/conversations/$conversationId"
    params={{ conversationId: row.call.conversation_id }}
    aria-current={isOpen ? 'page' : undefined}
    data-urgency={row.call.urgency}
  >
    <BoardRow {...row} />
  </Link>
))
