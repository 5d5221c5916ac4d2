import {
  describeAccuracy,
  describePlace,
  type LocationAttachment,
  type Message,
} from '@lifeline/functions/contract'
import { IconExternalLink, IconMapPin } from '@tabler/icons-react'
import { formatDeviceTime } from '../ui/format-time.ts'
import { useNow } from '../ui/use-now.ts'
import classes from './attachment-view.module.css'
import { ageOf, describeAge, mapLink } from './attachment-words.ts'

export type PlaceViewProps = {
  place: LocationAttachment
  times: Pick<Message, 'timestamp' | 'received_at'>
}

/** A place in words: no map is needed to read it out to somebody. */
export function PlaceView({ place, times }: PlaceViewProps) {
  const now = useNow()
  return (
    <div className={classes.place} role="group" aria-label="Location">
      <IconMapPin size={20} aria-hidden />
      <span>
        <span className={`${classes.coordinates} numbers`}>{describePlace(place)}</span>
        <span className={`${classes.quiet} numbers`}>
          {describeAccuracy(place)},{' '}
          <time dateTime={place.captured_at} title={`On the device ${formatDeviceTime(place.captured_at)}`}>
            measured {describeAge(ageOf(place, times, now))}
          </time>
        </span>
        <a className={classes.map} href={mapLink(place)} target="_blank" rel="noopener noreferrer">
          Open in maps <IconExternalLink size={14} aria-hidden />
        </a>
      </span>
    </div>
  )
}
