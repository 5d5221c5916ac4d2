import { Button, SegmentedControl } from '@mantine/core'
import type { Alarm } from '@lifeline/functions/contract'
import { IconBellCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { use, useState } from 'react'
import { KIND_WORDS, compareAlarms } from '../alarms/open-alarms.ts'
import { AlarmsContext, useAcknowledging } from '../alarms/use-alarms.ts'
import { VERDICT_WORDS, VerdictDialog } from '../alarms/verdict-dialog.tsx'
import { LoadFailure } from '../api/load-failure.tsx'
import { useServices } from '../api/services.ts'
import { formatExact } from '../ui/format-time.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import { GhostRows } from '../ui/ghost-rows.tsx'
import classes from './alarms-page.module.css'
import { usePeople } from './people.ts'

/** Alarms that are open, and those that have got their verdict. */
export function AlarmsPage() {
  const [shown, setShown] = useState('open')
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <h2 className={classes.title}>Alarms</h2>
        <SegmentedControl
          aria-label="Which alarms"
          value={shown}
          onChange={setShown}
          data={[
            { value: 'open', label: 'Open' },
            { value: 'past', label: 'Past' },
          ]}
        />
      </div>
      {shown === 'open' ? <OpenAlarmsList /> : <PastAlarms />}
    </div>
  )
}

function OpenAlarmsList() {
  const alarms = use(AlarmsContext)
  if (alarms === undefined) return <GhostRows what="the alarms" rows={3} height={72} gap={12} />
  if (alarms.size === 0) {
    return (
      <StateMessage icon={<IconBellCheck size={24} />} title="No open alarms">
        An alarm appears here, and above every page, as soon as there is one.
      </StateMessage>
    )
  }
  return <AlarmList alarms={[...alarms.values()].toSorted(compareAlarms)} />
}

function PastAlarms() {
  const { client } = useServices()
  const past = useInfiniteQuery({
    queryKey: ['alarms', 'past'],
    queryFn: ({ pageParam, signal }) =>
      client.alarms({ open: false, ...(pageParam !== null && { cursor: pageParam }) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    staleTime: 0,
  })
  if (past.isPending) return <GhostRows what="past alarms" rows={3} height={72} gap={12} />
  if (past.isError) {
    return (
      <LoadFailure title="Past alarms cannot be loaded" error={past.error} onRetry={() => past.refetch()} />
    )
  }
  const alarms = past.data.pages.flatMap((page) => page.alarms)
  if (alarms.length === 0) {
    return (
      <StateMessage icon={<IconBellCheck size={24} />} title="No past alarms">
        Alarms come here once they have got their verdict.
      </StateMessage>
    )
  }
  return (
    <>
      <AlarmList alarms={alarms} />
      {past.hasNextPage ? (
        <Button variant="default" loading={past.isFetchingNextPage} onClick={() => void past.fetchNextPage()}>
          Earlier alarms
        </Button>
      ) : (
        <p className={classes.end}>These are all.</p>
      )}
    </>
  )
}

function AlarmList({ alarms }: { alarms: readonly Alarm[] }) {
  const acting = useAcknowledging()
  return (
    <>
      <p className={classes.problem} role="alert">
        {acting.problem}
      </p>
      <ul className={classes.list}>
        {alarms.map((alarm) => (
          <Row key={alarm.alarm_id} alarm={alarm} onAcknowledge={acting.acknowledge} isBusy={acting.isBusy} />
        ))}
      </ul>
    </>
  )
}

type RowProps = { alarm: Alarm; isBusy: boolean; onAcknowledge: (alarmId: string) => void }

function Row({ alarm, isBusy, onAcknowledge }: RowProps) {
  const { nameAdmin } = usePeople()
  const [isJudging, setJudging] = useState(false)
  return (
    <li className={classes.row} data-state={alarm.state}>
      <div className={classes.line}>
        <UrgencyBadge urgency={alarm.urgency} />
        <strong>
          {alarm.kind === 'duress' && 'Duress: '}
          <bdi>{alarm.worker_name}</bdi> {KIND_WORDS[alarm.kind]}
        </strong>
        <time className="numbers" dateTime={alarm.raised_at}>
          {formatExact(alarm.raised_at)}
        </time>
        <Link
          className={classes.link ?? ''}
          to="/conversations/$conversationId"
          params={{ conversationId: alarm.conversation_id }}
        >
          Open the conversation
        </Link>
        {alarm.state === 'raised' && (
          <Button size="xs" loading={isBusy} onClick={() => onAcknowledge(alarm.alarm_id)}>
            Acknowledge
          </Button>
        )}
        {alarm.state !== 'closed' && (
          <Button size="xs" variant="default" onClick={() => setJudging(true)}>
            Give the verdict
          </Button>
        )}
      </div>
      {alarm.verdict !== null && (
        <p className={classes.verdict}>
          {VERDICT_WORDS[alarm.verdict.verdict]}, said <bdi>{alarm.verdict.name}</bdi>
          {alarm.verdict.note !== '' && (
            <>
              : <bdi>{alarm.verdict.note}</bdi>
            </>
          )}
        </p>
      )}
      <ol className={`${classes.history} numbers`}>
        {alarm.history.map(({ what, at, by }) => (
          <li key={`${at}${what}`}>
            {formatExact(at)}: {HISTORY_WORDS[what]}
            {by !== undefined && (
              <>
                {' '}
                by <bdi>{nameAdmin(by)}</bdi>
              </>
            )}
          </li>
        ))}
      </ol>
      <VerdictDialog alarm={alarm} opened={isJudging} onClose={() => setJudging(false)} />
    </li>
  )
}

const HISTORY_WORDS: Record<Alarm['history'][number]['what'], string> = {
  raised: 'raised',
  escalated: 'nobody had acknowledged it; louder, and for the whole company',
  'holder-changed': 'the call changed hands',
  'worker-heard': 'the worker was heard of again',
  acknowledged: 'acknowledged',
  closed: 'closed',
}
