import type { Alarm } from '@lifeline/functions/contract'
import { Button } from '@mantine/core'
import { IconAlertOctagonFilled, IconBellOff, IconVolumeOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatElapsed, formatExact, spellElapsed } from '../ui/format-time.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { useNow } from '../ui/use-now.ts'
import classes from './alarms.module.css'
import { KIND_ADVICE, KIND_WORDS, compareAlarms, type OpenAlarms } from './open-alarms.ts'
import { useAcknowledging } from './use-alarms.ts'
import { useAlarmSound } from './use-alarm-sound.ts'
import { VerdictDialog } from './verdict-dialog.tsx'

export type AlarmBannerProps = { alarms: OpenAlarms | undefined; me: string }

/**
 * The alarm that most needs somebody: what, who, since when. Loud until it is acknowledged; what this admin has
 * acknowledged, and any duress, stays in sight until its verdict.
 */
export function AlarmBanner({ alarms, me }: AlarmBannerProps) {
  const open = [...(alarms?.values() ?? [])].toSorted(compareAlarms)
  const sounding = useAlarmSound(open.filter(({ state }) => state === 'raised'))
  const shown = open.find((alarm) => isShown(alarm, me))
  const acting = useAcknowledging()
  return (
    <div className={classes.place}>
      {shown !== undefined && (
        <Shown
          key={shown.alarm_id}
          alarm={shown}
          others={open.length - 1}
          acting={acting}
          sounding={sounding}
        />
      )}
    </div>
  )
}

const isShown = ({ state, kind, acknowledged }: Alarm, me: string): boolean =>
  state === 'raised' || kind === 'duress' || acknowledged?.by === me

type ShownProps = {
  alarm: Alarm
  others: number
  acting: ReturnType<typeof useAcknowledging>
  sounding: ReturnType<typeof useAlarmSound>
}

function Shown({ alarm, others, acting, sounding }: ShownProps) {
  const now = useNow()
  const [isJudging, setJudging] = useState(false)
  const isRaised = alarm.state === 'raised'
  const age = now - Date.parse(alarm.raised_at)
  return (
    <section className={classes.banner} data-state={alarm.state} aria-label="Alarm">
      <IconAlertOctagonFilled size={24} aria-hidden className={classes.sign ?? ''} />
      <div className={classes.words} role={isRaised ? 'alert' : 'status'}>
        <strong className={classes.what}>
          {alarm.kind === 'duress' && 'Duress: '}
          <bdi>{alarm.worker_name}</bdi> {KIND_WORDS[alarm.kind]}
        </strong>
        <span>
          {KIND_ADVICE[alarm.kind]}
          {alarm.heard_at !== undefined && ` They were heard of again at ${formatExact(alarm.heard_at)}.`}
          {alarm.acknowledged !== null && ` Acknowledged by ${alarm.acknowledged.name}; the verdict is open.`}
        </span>
      </div>
      <time
        className={`${classes.since} numbers`}
        dateTime={alarm.raised_at}
        title={formatExact(alarm.raised_at)}
      >
        <span aria-hidden>{formatElapsed(age)}</span>
        <span className={classes.hidden}>raised {spellElapsed(age)} ago</span>
      </time>
      <div className={classes.acts}>
        {isRaised ? (
          <Button
            size="sm"
            color="dark"
            loading={acting.isBusy}
            aria-keyshortcuts="a"
            onClick={() => acting.acknowledge(alarm.alarm_id)}
            rightSection={<KeyHint>a</KeyHint>}
          >
            Acknowledge
          </Button>
        ) : (
          <Button size="sm" color="dark" onClick={() => setJudging(true)}>
            Give the verdict
          </Button>
        )}
        <Link
          className={classes.link ?? ''}
          to="/conversations/$conversationId"
          params={{ conversationId: alarm.conversation_id }}
        >
          Open
        </Link>
        {others > 0 && (
          <Link className={classes.link ?? ''} to="/alarms">
            {others} more
          </Link>
        )}
        {isRaised && <Sound {...sounding} />}
      </div>
      {acting.problem !== null && (
        <p className={classes.problem} role="alert">
          {acting.problem}
        </p>
      )}
      <VerdictDialog alarm={alarm} opened={isJudging} onClose={() => setJudging(false)} />
    </section>
  )
}

/** Whether alarms can be heard, said plainly. */
function Sound({ sound, isMuted, mute, unlock }: ReturnType<typeof useAlarmSound>) {
  if (sound === 'none') return <span>This browser plays no sound.</span>
  if (sound === 'locked') {
    return (
      <Button
        size="sm"
        variant="white"
        color="dark"
        leftSection={<IconVolumeOff size={16} aria-hidden />}
        onClick={unlock}
      >
        The browser keeps the sound off. Turn it on
      </Button>
    )
  }
  return isMuted ? (
    <span>Muted for a minute</span>
  ) : (
    <Button
      size="sm"
      variant="white"
      color="dark"
      leftSection={<IconBellOff size={16} aria-hidden />}
      onClick={mute}
    >
      Mute for a minute
    </Button>
  )
}
