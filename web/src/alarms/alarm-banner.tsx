import type { Alarm } from '@lifeline/functions/contract'
import { Button } from '@mantine/core'
import { IconAlertOctagonFilled, IconBell, IconBellOff, IconVolumeOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatElapsed, formatExact, spellElapsed } from '../ui/format-time.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { useNow } from '../ui/use-now.ts'
import classes from './alarms.module.css'
import { KIND_ADVICE, KIND_WORDS, compareAlarms, type OpenAlarms } from './open-alarms.ts'
import { useAcknowledging } from './use-alarms.ts'
import { useAlarmSound, type Sounding } from './use-alarm-sound.ts'
import { VerdictDialog } from './verdict-dialog.tsx'

export type AlarmBannerProps = { alarms: OpenAlarms | undefined; me: string }

/**
 * The alarm that most needs somebody: what, who, since when. Loud until it is acknowledged; what this admin has
 * acknowledged, and any duress, stays in sight until its verdict. Its place is always there, so that nothing on the page
 * moves when an alarm comes or goes.
 */
export function AlarmBanner({ alarms, me }: AlarmBannerProps) {
  const open = [...(alarms?.values() ?? [])].toSorted(compareAlarms)
  const sounding = useAlarmSound(open.filter(({ state }) => state === 'raised'))
  const shown = open.find((alarm) => isShown(alarm, me))
  const acting = useAcknowledging()
  return (
    <div className={classes.place}>
      {shown === undefined ? (
        <Quiet known={alarms !== undefined} others={open.length} sound={sounding.sound} />
      ) : (
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

/** What stands in the place of an alarm while there is none to show. */
function Quiet({ known, others, sound }: { known: boolean; others: number; sound: Sounding['sound'] }) {
  return (
    <aside className={classes.quiet} aria-label="Alarms">
      <IconBell size={16} aria-hidden />
      {!known ? (
        <span>Alarms are not known yet</span>
      ) : others === 0 ? (
        <span>No alarm is open</span>
      ) : (
        <Link className={classes.link ?? ''} to="/alarms">
          {others === 1 ? '1 alarm is open' : `${others} alarms are open`}, and others see to it
        </Link>
      )}
      {sound === 'locked' && <span>Press anywhere once, so that alarms can be heard</span>}
      {sound === 'none' && <span>This browser plays no sound</span>}
    </aside>
  )
}

/** What to do, or why the last try did not work; then what has been done. */
function describe({ kind, state, heard_at, acknowledged }: Alarm, problem: string | null): string {
  const words = [
    problem ?? (state === 'raised' || kind === 'duress' ? KIND_ADVICE[kind] : undefined),
    heard_at === undefined ? undefined : `They were heard of again at ${formatExact(heard_at)}.`,
    acknowledged === null ? undefined : `Acknowledged by ${acknowledged.name}; the verdict is open.`,
  ]
  return words.filter((each) => each !== undefined).join(' ')
}

type ShownProps = {
  alarm: Alarm
  others: number
  acting: ReturnType<typeof useAcknowledging>
  sounding: Sounding
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
        <span>{describe(alarm, acting.problem)}</span>
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
        {/* One button in both states, and never a disabled one: who uses the keyboard stays where they are. */}
        <Button
          size="sm"
          color="dark"
          aria-busy={isRaised && acting.isBusy}
          aria-keyshortcuts={isRaised ? 'a' : undefined}
          onClick={isRaised ? () => acting.acknowledge(alarm.alarm_id) : () => setJudging(true)}
          rightSection={isRaised && <KeyHint>a</KeyHint>}
        >
          {isRaised ? 'Acknowledge' : 'Give the verdict'}
        </Button>
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
      <VerdictDialog alarm={alarm} opened={isJudging} onClose={() => setJudging(false)} />
    </section>
  )
}

/** Whether alarms can be heard, said plainly. */
function Sound({ sound, isMuted, mute, unlock }: Sounding) {
  if (sound === 'none') return <span>No sound here</span>
  const isLocked = sound === 'locked'
  if (!isLocked && isMuted) return <span>Muted for a minute</span>
  return (
    <Button
      size="sm"
      variant="white"
      color="dark"
      leftSection={isLocked ? <IconVolumeOff size={16} aria-hidden /> : <IconBellOff size={16} aria-hidden />}
      title={isLocked ? 'The browser keeps it off until something is pressed' : undefined}
      onClick={isLocked ? unlock : mute}
    >
      {isLocked ? 'Turn the sound on' : 'Mute for a minute'}
    </Button>
  )
}
