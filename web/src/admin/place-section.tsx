import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useServices } from '../api/services.ts'
import { MapFrame } from '../media/map-frame.tsx'
import { PlaceView } from '../media/place-view.tsx'
import { trailOf, type TrailPoint } from '../media/trail.ts'
import { DetailsSection, type DetailsProps } from './details-section.tsx'
import { usePeople } from './people.ts'
import classes from './sections.module.css'

/** The earlier places that are listed; the conversation has all of them. */
const LISTED = 50

/** Where the worker was last known to be, in words and on a map, and where before. */
export function PlaceSection({ conversation, onShowMessage }: DetailsProps) {
  const { nameWorker } = usePeople()
  const { client } = useServices()
  const trail = useMemo(() => trailOf(conversation.messages), [conversation.messages])
  const newest = trail.at(-1)
  const tiles = useQuery({
    queryKey: ['map-tiles'],
    queryFn: () => client.mapTiles(),
    enabled: newest !== undefined,
    staleTime: Infinity,
  })
  if (newest === undefined) return null
  return (
    <DetailsSection title="Latest location">
      <Place point={newest} onShowMessage={onShowMessage} />
      <MapFrame
        key={conversation.call.conversation_id}
        trail={trail}
        tiles={tiles.isError ? 'unknown' : tiles.data === undefined ? 'asked' : (tiles.data ?? 'none')}
        of={nameWorker(conversation.call.worker_id)}
      />
      {trail.length > 1 && <EarlierPlaces trail={trail} onShowMessage={onShowMessage} />}
    </DetailsSection>
  )
}

type OnShow = Pick<DetailsProps, 'onShowMessage'>

function Place({ point: { messageId, place, times }, onShowMessage }: OnShow & { point: TrailPoint }) {
  return (
    <>
      <PlaceView place={place} times={times} />
      <button type="button" className={classes.link} onClick={() => onShowMessage(messageId)}>
        Show the message
      </button>
    </>
  )
}

function EarlierPlaces({ trail, onShowMessage }: OnShow & { trail: readonly TrailPoint[] }) {
  const [isOpen, setOpen] = useState(false)
  const earlier = trail.slice(0, -1).toReversed()
  return (
    <>
      <button
        type="button"
        className={classes.link}
        aria-expanded={isOpen}
        onClick={() => setOpen((open) => !open)}
      >
        {isOpen ? 'Hide' : 'Show'}{' '}
        {earlier.length === 1 ? 'the earlier place' : `${earlier.length} earlier places`}
      </button>
      {isOpen && (
        <ol className={classes.list} aria-label="Earlier places, latest first">
          {earlier.slice(0, LISTED).map((point) => (
            <li key={point.messageId}>
              <Place point={point} onShowMessage={onShowMessage} />
            </li>
          ))}
          {earlier.length > LISTED && <li className={classes.quiet}>Older ones are in the conversation.</li>}
        </ol>
      )}
    </>
  )
}
