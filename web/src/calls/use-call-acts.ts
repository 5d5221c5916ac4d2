import type { Urgency } from '@lifeline/functions/contract'
import { useCallback, useState } from 'react'
import { describeError } from '../api/errors.ts'
import { useServices } from '../api/services.ts'

export type CallAct =
  | 'take-over'
  | 'release'
  | 'end'
  | 'set-urgency'
  | 'transfer'
  | 'accept-transfer'
  | 'decline-transfer'

export type CallActs = {
  /** What is being done and not answered yet. */
  busy: CallAct | null
  /** Whether the last thing done here, or being done, is to take the call over, or to accept it. */
  hasTakenOver: boolean
  /** Why the last act was not done, in plain words. */
  problem: string | null
  takeOver: (callId: string) => void
  release: (callId: string) => void
  /** For good; asks nobody. */
  end: (callId: string) => void
  setUrgency: (callId: string, urgency: Urgency, reason: string) => void
  /** Offers the call to another admin. */
  transfer: (callId: string, to: string) => void
  acceptTransfer: (callId: string) => void
  /** Declines an offer, or takes one's own back. */
  declineTransfer: (callId: string) => void
  /** The words have been read. */
  dismiss: () => void
}

/** Said before the server's own words, which name who holds the call. */
const FAILED: Record<CallAct, string> = {
  'take-over': 'Not taken over.',
  release: 'Not released.',
  end: 'Not ended.',
  'set-urgency': 'The urgency was not changed.',
  transfer: 'Not offered.',
  'accept-transfer': 'Not accepted.',
  'decline-transfer': 'The offer was not withdrawn.',
}

/** Acts on the open call. Nothing is shown as done before the server says so: the stream tells of it. */
export function useCallActs(): CallActs {
  const { client } = useServices()
  const [busy, setBusy] = useState<CallAct | null>(null)
  const [latest, setLatest] = useState<CallAct | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  const act = useCallback(async (name: CallAct, ask: () => Promise<unknown>) => {
    setBusy(name)
    // The stream may tell of it before the answer comes.
    setLatest(name)
    setProblem(null)
    try {
      await ask()
    } catch (error) {
      setLatest(null)
      setProblem(`${FAILED[name]} ${describeError(error)}`)
    } finally {
      setBusy(null)
    }
  }, [])

  return {
    busy,
    hasTakenOver: latest === 'take-over' || latest === 'accept-transfer',
    problem,
    takeOver: useCallback((callId) => void act('take-over', () => client.takeOver(callId)), [act, client]),
    release: useCallback((callId) => void act('release', () => client.release(callId)), [act, client]),
    end: useCallback((callId) => void act('end', () => client.end(callId)), [act, client]),
    setUrgency: useCallback(
      (callId, urgency, reason) => void act('set-urgency', () => client.setUrgency(callId, urgency, reason)),
      [act, client],
    ),
    transfer: useCallback(
      (callId, to) => void act('transfer', () => client.transfer(callId, to)),
      [act, client],
    ),
    acceptTransfer: useCallback(
      (callId) => void act('accept-transfer', () => client.acceptTransfer(callId)),
      [act, client],
    ),
    declineTransfer: useCallback(
      (callId) => void act('decline-transfer', () => client.declineTransfer(callId)),
      [act, client],
    ),
    dismiss: useCallback(() => setProblem(null), []),
  }
}
