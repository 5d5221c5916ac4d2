import { AlarmsEvents } from '@lifeline/functions/contract'
import { createContext, useCallback, useRef, useState } from 'react'
import { describeError } from '../api/errors.ts'
import { useServices } from '../api/services.ts'
import { useLive, type Live } from '../api/use-live.ts'
import { applyAlarmsInput, type OpenAlarms } from './open-alarms.ts'

/** Every open alarm that this admin may see; undefined until they are known. */
export const AlarmsContext = createContext<OpenAlarms | undefined>(undefined)

/** All open alarms that this admin may see, as they change. */
export function useAlarms(): Live<OpenAlarms> {
  const { client } = useServices()
  return useLive({
    id: 'alarms',
    open: client.openAlarms,
    events: AlarmsEvents,
    reduce: applyAlarmsInput,
    readSnapshot: async (signal) => (await client.alarms({ open: true, limit: 100 }, signal)).alarms,
    reduceSnapshot: (state, alarms) => applyAlarmsInput(state, { event: 'initial', data: { alarms } }),
  })
}

export type Acknowledging = {
  isBusy: boolean
  /** Why the last one was not done, in plain words. */
  problem: string | null
  acknowledge: (alarmId: string) => void
}

/** Acknowledges; nothing is shown as done before the server says so: the stream tells of it. */
export function useAcknowledging(): Acknowledging {
  const { client } = useServices()
  const [isBusy, setBusy] = useState(false)
  const asked = useRef<string>(undefined)
  const [problem, setProblem] = useState<string | null>(null)
  const run = useCallback(
    async (alarmId: string) => {
      // Pressed again while it is on its way, it is the same wish.
      if (asked.current === alarmId) return
      asked.current = alarmId
      setBusy(true)
      setProblem(null)
      try {
        await client.acknowledgeAlarm(alarmId)
      } catch (error) {
        setProblem(describeError(error))
      } finally {
        asked.current = undefined
        setBusy(false)
      }
    },
    [client],
  )
  return { isBusy, problem, acknowledge: useCallback((alarmId) => void run(alarmId), [run]) }
}
