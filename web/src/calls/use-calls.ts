import { CallsEvents } from '@lifeline/functions/contract'
import { useServices } from '../api/services.ts'
import { useLive, type Live } from '../api/use-live.ts'
import { applyCallsInput, type Calls } from './board.ts'

/** All active calls that this admin may see, as they change. */
export function useCalls(): Live<Calls> {
  const { client } = useServices()
  return useLive({
    id: 'calls',
    open: client.openCalls,
    events: CallsEvents,
    reduce: applyCallsInput,
    readSnapshot: (signal) => client.calls(signal),
    reduceSnapshot: (state, calls, now) => applyCallsInput(state, { event: 'initial', data: { calls } }, now),
  })
}
