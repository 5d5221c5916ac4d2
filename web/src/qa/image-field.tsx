import { Button, CloseButton, FileButton } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import classes from './builder.module.css'
import type { DraftImage } from './draft.ts'
import { IMAGE_TYPES, readImage, refuseImage } from './read-image.ts'

export type ImageFieldProps = {
  image: DraftImage | null
  problem: string | undefined
  onChange: (image: DraftImage | null) => void
}

/** A picture that everybody is shown with the question. */
export function ImageField({ image, problem, onChange }: ImageFieldProps) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const reset = useRef<() => void>(null)
  const take = async (file: File | null) => {
    // The same file can be chosen again after it was taken away.
    reset.current?.()
    if (file === null) return
    const reason = refuseImage(file)
    setRefusal(reason)
    if (reason !== null) return
    try {
      onChange(await readImage(file, file.name))
    } catch {
      // Moved or without permission meanwhile; the browser's own words help nobody.
      setRefusal('The file cannot be read. Choose it again.')
    }
  }
  const shown = refusal ?? problem
  return (
    <div className={classes.image}>
      {image === null ? (
        <FileButton onChange={(file) => void take(file)} accept={IMAGE_TYPES} resetRef={reset}>
          {(props) => (
            <Button
              {...props}
              size="compact-sm"
              variant="default"
              leftSection={<IconPhoto size={16} aria-hidden />}
            >
              Attach a picture
            </Button>
          )}
        </FileButton>
      ) : (
        <figure className={classes.preview}>
          <img src={`data:${image.type};base64,${image.base64}`} alt="What goes with the question" />
          <figcaption>
            <bdi>{image.name}</bdi>
          </figcaption>
          <CloseButton
            aria-label="Take the picture away"
            onClick={() => {
              setRefusal(null)
              onChange(null)
            }}
          />
        </figure>
      )}
      {shown !== undefined && (
        <p className={classes.problem} role="alert">
          {shown}
        </p>
      )}
    </div>
  )
}
