import type { Alarm } from '@lifeline/functions/contract'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { alarmSound, type SoundState } from './alarm-sound.ts'

/** How long a mute lasts, ms. */
const MUTE_MS = 60_000
/** Time between two soundings, by level, ms. */
const EVERY_MS = [4_000, 3_000, 2_000]

export type Sounding = {
  sound: SoundState
  isMuted: boolean
  mute: () => void
  unlock: () => void
}

/** Sounds until each of these alarms is acknowledged. A mute lapses by itself, and with the next alarm. */
export function useAlarmSound(raised: readonly Alarm[]): Sounding {
  const sound = useSyncExternalStore(alarmSound.subscribe, alarmSound.state)
  const [mute, setMute] = useState<{ until: number; ids: ReadonlySet<string> }>()
  const [now, setNow] = useState(Date.now)
  const level = Math.max(0, ...raised.map((alarm) => alarm.level))
  const isMuted =
    mute !== undefined && now < mute.until && raised.every(({ alarm_id }) => mute.ids.has(alarm_id))
  const isSounding = level > 0 && !isMuted

  useEffect(() => {
    if (mute === undefined) return undefined
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, mute.until - Date.now()) + 1)
    return () => clearTimeout(timer)
  }, [mute])
  useEffect(() => {
    if (!isSounding || sound !== 'ready') return undefined
    alarmSound.play(level)
    const timer = setInterval(() => alarmSound.play(level), EVERY_MS[Math.min(level, EVERY_MS.length) - 1])
    return () => clearInterval(timer)
  }, [isSounding, sound, level])
  // Any press will do, wherever it is. Only a whole one, for the button that turns the sound on becomes the one that mutes
  // it, and the second half of a press must not fall on that.
  useEffect(() => {
    if (sound !== 'locked') return undefined
    // Space presses a button when it is let go, after this.
    const hearKey = ({ key }: KeyboardEvent) => {
      if (key !== ' ') alarmSound.unlock()
    }
    document.addEventListener('click', alarmSound.unlock)
    document.addEventListener('keyup', hearKey)
    return () => {
      document.removeEventListener('click', alarmSound.unlock)
      document.removeEventListener('keyup', hearKey)
    }
  }, [sound])

  return {
    sound,
    isMuted,
    mute: () => {
      setNow(Date.now())
      setMute({ until: Date.now() + MUTE_MS, ids: new Set(raised.map(({ alarm_id }) => alarm_id)) })
    },
    unlock: alarmSound.unlock,
  }
}
