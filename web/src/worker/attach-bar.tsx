import type { LocationAttachment } from '@lifeline/functions/contract'
import { Button } from '@mantine/core'
import { IconCamera, IconMapPin, IconMicrophone } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import classes from './attach-bar.module.css'
import { findPlace } from './find-place.ts'
import { PhotoUnreadable, shrinkPhoto } from '../media/shrink-photo.ts'
import { canRecord, VoiceRecorder } from './voice-recorder.tsx'

export type AttachBarProps = {
  onPhoto: (photo: Blob) => void
  onVoice: (recording: Blob) => void
  onPlace: (place: LocationAttachment) => void
}

/** Photo, voice and location, one tap each. */
export function AttachBar({ onPhoto, onVoice, onPlace }: AttachBarProps) {
  const picker = useRef<HTMLInputElement>(null)
  const [isFinding, setFinding] = useState(false)
  const [isRecording, setRecording] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const sendPhoto = async (file: File | undefined) => {
    if (file === undefined) return
    setProblem(null)
    try {
      onPhoto(await shrinkPhoto(file))
    } catch (error) {
      if (!(error instanceof PhotoUnreadable)) throw error
      setProblem(error.message)
    }
  }
  const sendPlace = async () => {
    setFinding(true)
    setProblem(null)
    try {
      onPlace(await findPlace(navigator.geolocation))
    } catch (error) {
      setProblem(error instanceof Error ? error.message : null)
    } finally {
      setFinding(false)
    }
  }
  if (isRecording) {
    return (
      <VoiceRecorder
        onSend={onVoice}
        onClose={(failure) => {
          setRecording(false)
          setProblem(failure)
        }}
      />
    )
  }
  return (
    <div className={classes.bar}>
      <input
        ref={picker}
        type="file"
        accept="image/*"
        hidden
        aria-label="Photo to send"
        onChange={({ currentTarget }) => {
          void sendPhoto(currentTarget.files?.[0])
          // The same photo may be chosen once more.
          currentTarget.value = ''
        }}
      />
      <div className={classes.buttons}>
        <Button
          variant="default"
          size="md"
          leftSection={<IconCamera size={20} aria-hidden />}
          onClick={() => picker.current?.click()}
        >
          Photo
        </Button>
        {canRecord() && (
          <Button
            variant="default"
            size="md"
            leftSection={<IconMicrophone size={20} aria-hidden />}
            onClick={() => {
              setProblem(null)
              setRecording(true)
            }}
          >
            Voice
          </Button>
        )}
        {'geolocation' in navigator && (
          <Button
            variant="default"
            size="md"
            leftSection={<IconMapPin size={20} aria-hidden />}
            disabled={isFinding}
            onClick={() => void sendPlace()}
          >
            {isFinding ? 'Finding you' : 'Location'}
          </Button>
        )}
      </div>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
