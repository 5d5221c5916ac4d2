import type { MapTiles } from '@lifeline/functions/contract'
import {
  circle,
  circleMarker,
  control,
  divIcon,
  featureGroup,
  latLng,
  latLngBounds,
  map as createMap,
  marker,
  polyline,
  tileLayer,
  type LatLng,
} from 'leaflet'
import { unwrapLongitudes, type TrailPoint } from './trail.ts'

/** Whether the tiles in sight are there: all, some, or none of them. */
export type TilesSeen = 'all' | 'some' | 'none'

/** What the map keeps in sight by itself, until a person moves it. */
export type InSight = 'newest' | 'trail'

export type DrawnPlaces = {
  /** Draws the trail, its last place as the newest. Moves only what is kept in sight. */
  draw: (trail: readonly TrailPoint[]) => void
  /** Shows it now, and from now on whenever the trail grows. */
  keepInSight: (what: InSight) => void
  /** Puts tiles below the places; the returned function takes them away. `onSeen` is told after each look at them. */
  addTiles: (tiles: MapTiles, onSeen: (seen: TilesSeen) => void) => { retry: () => void; remove: () => void }
  remove: () => void
}

/** The web's maps end here, degrees. */
const MAX_LATITUDE = 85.05
/** Nearest and farthest: a street, and half of the world. */
const MAX_ZOOM = 18
const MIN_ZOOM = 1
const CLOSE_ZOOM = 17
/** Even an exact place is shown with what is around it, m across. */
const LEAST_SPAN_M = 120

const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** A map with a metric scale in `element`, which has its size already. It asks nobody for anything until it gets tiles. */
export function drawPlaces(element: HTMLElement, pinClass: string): DrawnPlaces {
  const moves = !isStill()
  const map = createMap(element, {
    attributionControl: false,
    // The wheel scrolls the details that the map stands in.
    scrollWheelZoom: false,
    zoomAnimation: moves,
    fadeAnimation: moves,
    markerZoomAnimation: moves,
    inertia: moves,
    minZoom: MIN_ZOOM,
    maxZoom: MAX_ZOOM,
  })
  control.scale({ imperial: false }).addTo(map)
  const places = featureGroup().addTo(map)
  let points: { at: LatLng; accuracy: number }[] = []
  let kept: InSight | undefined = 'newest'
  let isOurs = false
  map.on('movestart', () => {
    if (!isOurs) kept = undefined
  })
  const byUs = (move: () => void) => {
    isOurs = true
    move()
    isOurs = false
  }

  function look(): void {
    const shown = kept === 'newest' ? points.slice(-1) : kept === 'trail' ? points : []
    if (shown.length === 0) return
    const bounds = latLngBounds([])
    for (const { at, accuracy } of shown) bounds.extend(at.toBounds(Math.max(2 * accuracy, LEAST_SPAN_M)))
    byUs(() => map.fitBounds(bounds, { padding: [12, 12], maxZoom: CLOSE_ZOOM, animate: false }))
  }

  const resizes = new ResizeObserver(() => {
    byUs(() => map.invalidateSize({ animate: false }))
    look()
  })
  resizes.observe(element)

  return {
    draw(trail) {
      const longitudes = unwrapLongitudes(trail.map(({ place }) => place.longitude))
      points = trail.map(({ place: { latitude, accuracy_m } }, index) => ({
        at: latLng(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, latitude)), longitudes[index] ?? 0),
        accuracy: accuracy_m,
      }))
      const newest = points.at(-1)
      places.clearLayers()
      // A map draws nothing before it knows where it is.
      look()
      if (newest === undefined) return
      const way = points.map(({ at }) => at)
      const still = { interactive: false }
      // Each line has one of the page's ground below it, so that it is seen on any tile.
      for (const className of ['place-casing', 'place-accuracy']) {
        circle(newest.at, { ...still, radius: newest.accuracy, className }).addTo(places)
      }
      polyline(way, { ...still, className: 'place-casing' }).addTo(places)
      polyline(way, { ...still, className: 'place-trail' }).addTo(places)
      for (const at of way.slice(0, -1)) {
        circleMarker(at, { ...still, radius: 4, className: 'place-earlier' }).addTo(places)
      }
      const icon = divIcon({ className: pinClass, iconSize: [28, 36], iconAnchor: [14, 35] })
      marker(newest.at, { ...still, icon, keyboard: false }).addTo(places)
    },
    keepInSight(what) {
      kept = what
      look()
    },
    addTiles({ url }, onSeen) {
      const layer = tileLayer(url, {
        maxZoom: MAX_ZOOM,
        className: 'place-tiles',
        // Which console asks, but not for which conversation: providers tie their keys to it.
        referrerPolicy: 'strict-origin',
      })
      let loaded = 0
      let failed = 0
      const tell = () => onSeen(failed === 0 ? 'all' : loaded === 0 ? 'none' : 'some')
      layer.on('loading', () => {
        loaded = 0
        failed = 0
      })
      layer.on('tileload', () => {
        loaded += 1
      })
      layer.on('tileerror', () => {
        failed += 1
      })
      layer.on('load', tell)
      layer.addTo(map)
      return { retry: () => layer.redraw(), remove: () => layer.remove() }
    },
    remove() {
      resizes.disconnect()
      map.remove()
    },
  }
}
