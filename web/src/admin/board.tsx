import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconCloudOff, IconCoffee } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { use } from 'react'
import { callsUnderDuress } from '../alarms/open-alarms.ts'
import { AlarmsContext } from '../alarms/use-alarms.ts'
import { knownUntil } from '../api/freshness.ts'
import { LiveWords } from '../api/live-words.tsx'
import type { Live } from '../api/use-live.ts'
import type { Calls } from '../calls/board.ts'
import { BoardList } from '../calls/board-list.tsx'
import { BoardRow } from '../calls/board-row.tsx'
import { useNews } from '../calls/use-news.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { useNow } from '../ui/use-now.ts'
import classes from './board.module.css'
import { usePeople } from './people.ts'

/** The board of active calls: who needs somebody now. `openId` is the conversation on the screen. */
export function Board({ live, openId }: { live: Live<Calls>; openId: string | undefined }) {
  const { data, stream, standin } = live
  const isStale = stream.status !== 'live'
  return (
    <nav
      className={classes.board}
      aria-label="Active calls"
      data-stale={(isStale && data !== undefined) || undefined}
    >
      <div className={classes.head}>
        <h2 className={classes.title}>Active calls</h2>
        {data !== undefined && (
          <span className={`${classes.count} numbers`}>
            {data.size}
            <VisuallyHidden> active calls</VisuallyHidden>
          </span>
        )}
        {isStale && data !== undefined && <span className={classes.mark}>not live</span>}
      </div>
      <div className={classes.rows}>
        {data === undefined ? (
          stream.failures === 0 ? (
            <BoardSkeleton />
          ) : (
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
        ) : data.size === 0 ? (
          <StateMessage
            icon={<IconCoffee size={24} />}
            title={isStale ? 'No calls when we last heard' : 'No active calls'}
          >
            {isStale
              ? 'The connection is lost. New calls may be waiting.'
              : 'A call appears here by itself as soon as a worker starts one.'}
          </StateMessage>
        ) : (
          <Rows calls={data} live={live} openId={openId} />
        )}
      </div>
    </nav>
  )
}

function Rows({ calls, live, openId }: { calls: Calls; live: Live<Calls>; openId: string | undefined }) {
  const now = knownUntil(live.stream, live.standin, useNow())
  const { nameAdmin } = usePeople()
  const hasNews = useNews(calls, openId)
  const duress = callsUnderDuress(use(AlarmsContext))
  return (
    <BoardList
      calls={calls}
      first={duress}
      renderRow={(call) => (
        <Link
          className={classes.row ?? ''}
          to="/conversations/$conversationId"
          params={{ conversationId: call.conversation_id }}
          aria-current={call.conversation_id === openId ? 'page' : undefined}
          data-urgency={call.urgency}
        >
          <BoardRow
            call={call}
            now={now}
            holderName={call.admin_id === null ? undefined : nameAdmin(call.admin_id)}
            hasNews={hasNews(call)}
            isDuress={duress.has(call.call_id)}
          />
        </Link>
      )}
    />
  )
}

function BoardSkeleton() {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">Loading the board</VisuallyHidden>
      {[0, 1, 2, 3].map((row) => (
        <div className={classes.ghost} key={row} aria-hidden>
          <Skeleton height={20} width="70%" mb={8} />
          <Skeleton height={16} width="90%" />
        </div>
      ))}
    </div>
  )
}
