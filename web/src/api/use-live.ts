import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { EventStream, type OpenRequest, type StreamState } from './event-stream.ts'
import type { Standin } from './freshness.ts'
import type { EventSchemas, StreamEvent } from './read-stream.ts'
import { useServices } from './services.ts'
import { isFinal } from './stream-status.ts'

const BEFORE: StreamState = {
  status: 'connecting',
  lostSince: null,
  retryAt: null,
  failures: 0,
  heardAt: null,
  refusal: null,
}

/** Failures in a row after which snapshots stand in for the stream, and how often they are read (ms). */
const FAILURES_BEFORE_STANDIN = 3
const STANDIN_INTERVAL_MS = 5_000

export type LiveSource<State, E extends EventSchemas, Snapshot> = {
  /** What this is, for the cache. A hook keeps its first one: give the component a `key`. */
  id: string
  open: (request: OpenRequest) => Promise<Response>
  events: E
  reduce: (state: State | undefined, event: StreamEvent<E>, now: number) => State | undefined
  readSnapshot: (signal: AbortSignal) => Promise<Snapshot>
  reduceSnapshot: (state: State | undefined, snapshot: Snapshot, now: number) => State | undefined
}

export type Live<State> = {
  /** `undefined` until something has come. */
  data: State | undefined
  stream: StreamState
  standin: Standin
  retry: () => void
}

/** Data that is pushed by a stream while it lives, and read by snapshots when the stream keeps failing (spec 1). */
export function useLive<State, E extends EventSchemas, Snapshot>(
  source: LiveSource<State, E, Snapshot>,
): Live<State> {
  const { network } = useServices()
  const first = useRef(source)
  const [data, setData] = useState<State>()
  const [stream, setStream] = useState<EventStream<E>>()

  useEffect(() => {
    const { open, events, reduce } = first.current
    const opened = new EventStream<E>({
      open,
      events,
      network,
      onEvent: (event) => setData((state) => reduce(state, event, Date.now())),
    })
    setStream(opened)
    return () => opened.close()
  }, [network])

  const subscribe = useCallback(
    (listener: () => void) => stream?.subscribe(listener) ?? (() => undefined),
    [stream],
  )
  const state = useSyncExternalStore(subscribe, () => stream?.state() ?? BEFORE)

  const isFailing =
    state.status !== 'live' && !isFinal(state.status) && state.failures >= FAILURES_BEFORE_STANDIN
  const { data: snapshot, dataUpdatedAt } = useQuery({
    queryKey: ['standin', source.id],
    queryFn: ({ signal }) => first.current.readSnapshot(signal),
    enabled: isFailing,
    refetchInterval: STANDIN_INTERVAL_MS,
    refetchIntervalInBackground: true,
    networkMode: 'always',
    retry: false,
    gcTime: 0,
    staleTime: 0,
    structuralSharing: false,
  })
  useEffect(() => {
    if (snapshot !== undefined && isFailing) {
      setData((known) => first.current.reduceSnapshot(known, snapshot, Date.now()))
    }
  }, [snapshot, isFailing])

  return {
    data,
    stream: state,
    standin: { snapshotAt: isFailing && dataUpdatedAt > 0 ? dataUpdatedAt : null },
    retry: useCallback(() => stream?.retry(), [stream]),
  }
}
