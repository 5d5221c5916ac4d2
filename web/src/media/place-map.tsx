import type { MapTiles } from '@lifeline/functions/contract'
import 'leaflet/dist/leaflet.css'
import { useEffect, useId, useRef, useState } from 'react'
import { describeAccuracy, describePlace } from '@lifeline/functions/contract'
import { drawPlaces, type DrawnPlaces, type TilesSeen } from './draw-places.ts'
import classes from './place-map.module.css'
import type { TrailPoint } from './trail.ts'

/** Where tiles come from: `none` is configured, the server is being `asked`, or it could not be (`unknown`). */
export type TilesChoice = MapTiles | 'none' | 'asked' | 'unknown'

export type PlaceMapProps = {
  /** Oldest first, at least one. */
  trail: readonly TrailPoint[]
  tiles: TilesChoice
  /** Whose places they are, for people. */
  of: string
}

/** Where somebody is, how exactly that is known, and the way there. All of it stands as text beside the map as well. */
export function PlaceMap({ trail, tiles, of }: PlaceMapProps) {
  const box = useRef<HTMLDivElement>(null)
  const keysId = useId()
  const [drawn, setDrawn] = useState<DrawnPlaces>()
  useEffect(() => {
    if (box.current === null) return undefined
    const places = drawPlaces(box.current, classes.pin ?? '')
    setDrawn(places)
    return () => {
      setDrawn(undefined)
      places.remove()
    }
  }, [])
  useEffect(() => drawn?.draw(trail), [drawn, trail])
  const { seen, retry } = useTiles(drawn, tiles)
  const newest = trail.at(-1)
  const where =
    newest === undefined ? '' : `${describePlace(newest.place)}, ${describeAccuracy(newest.place)}`
  const earlier = trail.length - 1
  return (
    <div className={classes.frame}>
      <div
        ref={box}
        className={classes.map}
        role="application"
        aria-roledescription="map"
        aria-label={`Map of where ${of} is: ${where}${earlier > 0 ? `, with the trail of ${earlier} earlier` : ''}`}
        aria-describedby={keysId}
      />
      <p id={keysId} hidden>
        Arrow keys move the map, + and - zoom.
      </p>
      <div className={classes.buttons}>
        <button type="button" className={classes.button} onClick={() => drawn?.keepInSight('newest')}>
          Centre on the newest
        </button>
        <button
          type="button"
          className={classes.button}
          disabled={earlier === 0}
          onClick={() => drawn?.keepInSight('trail')}
        >
          Show the whole trail
        </button>
      </div>
      <p className={classes.note} role="status">
        {wordsOf(tiles, seen)}
        {retry !== undefined && seen !== 'all' && (
          <>
            {' '}
            <button type="button" className={classes.retry} onClick={retry}>
              Try again
            </button>
          </>
        )}
      </p>
    </div>
  )
}

function wordsOf(tiles: TilesChoice, seen: TilesSeen): string {
  if (tiles === 'none') return 'No map tiles are configured: places are drawn to scale on plain ground.'
  if (tiles === 'unknown') return 'Whether there are map tiles cannot be found out right now.'
  if (tiles === 'asked') return 'Loading the map tiles'
  if (seen === 'none') return 'The map tiles cannot be loaded. Places are still drawn to scale.'
  return seen === 'some' ? 'Some map tiles cannot be loaded.' : tiles.attribution
}

function useTiles(drawn: DrawnPlaces | undefined, tiles: TilesChoice) {
  const [seen, setSeen] = useState<TilesSeen>('all')
  const [retry, setRetry] = useState<() => void>()
  useEffect(() => {
    if (drawn === undefined || typeof tiles === 'string') return undefined
    const layer = drawn.addTiles(tiles, setSeen)
    setRetry(() => layer.retry)
    return () => {
      setRetry(undefined)
      layer.remove()
    }
  }, [drawn, tiles])
  return { seen, retry }
}
