import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { formatElapsed } from '../ui/format-time.ts'
import { useNow } from '../ui/use-now.ts'
import classes from './attach-bar.module.css'

/** A recording ends by itself after this time, ms. */
const LONGEST_MS = 120_000
const BITS_PER_SECOND = 32_000
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']

export const canRecord = (): boolean =>
  typeof MediaRecorder !== 'undefined' && navigator.mediaDevices !== undefined

type VoiceRecorderProps = {
  onSend: (recording: Blob) => void
  /** With words when the microphone could not be used. */
  onClose: (failure: string | null) => void
}

/** Records from the first moment; sent by one tap, or thrown away by another. */
export function VoiceRecorder({ onSend, onClose }: VoiceRecorderProps) {
  const [startedAt, setStartedAt] = useState<number>()
  const now = useNow()
  const recorder = useRef<MediaRecorder>(undefined)
  const isWanted = useRef(false)
  const told = useRef({ onSend, onClose })
  useEffect(() => {
    told.current = { onSend, onClose }
  })
  useEffect(() => {
    let isOpen = true
    let stream: MediaStream | undefined
    const record = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true })
        if (!isOpen) return stop()
        const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
        const made = new MediaRecorder(stream, {
          audioBitsPerSecond: BITS_PER_SECOND,
          ...(mimeType !== undefined && { mimeType }),
        })
        const parts: Blob[] = []
        made.addEventListener('dataavailable', ({ data }) => parts.push(data))
        made.addEventListener('stop', () => {
          stop()
          if (isWanted.current) told.current.onSend(new Blob(parts, { type: made.mimeType }))
          if (isOpen) told.current.onClose(null)
        })
        recorder.current = made
        made.start()
        setStartedAt(Date.now())
      } catch {
        if (isOpen) told.current.onClose('The microphone cannot be used. Write instead.')
      }
    }
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    void record()
    return () => {
      isOpen = false
      if (recorder.current?.state === 'recording') recorder.current.stop()
      stop()
    }
  }, [])

  const finish = (wanted: boolean) => {
    isWanted.current = wanted
    if (recorder.current?.state === 'recording') recorder.current.stop()
    else onClose(null)
  }
  const elapsed = startedAt === undefined ? 0 : Math.max(0, now - startedAt)
  const isFull = elapsed >= LONGEST_MS
  useEffect(() => {
    // What was said so far is sent rather than lost.
    if (!isFull || recorder.current?.state !== 'recording') return
    isWanted.current = true
    recorder.current.stop()
  }, [isFull])
  return (
    <div className={classes.bar}>
      <div className={classes.buttons}>
        <span className={`${classes.recording} numbers`} role="status">
          {startedAt === undefined ? 'Opening the microphone' : `Recording, ${formatElapsed(elapsed)}`}
        </span>
        <Button variant="default" size="md" onClick={() => finish(false)}>
          Discard
        </Button>
        <Button size="md" disabled={startedAt === undefined} onClick={() => finish(true)}>
          Send
        </Button>
      </div>
    </div>
  )
}
