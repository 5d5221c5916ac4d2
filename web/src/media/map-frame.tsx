import { useQuery } from '@tanstack/react-query'
import classes from './map-frame.module.css'
import type { PlaceMapProps } from './place-map.tsx'

/** The map in its place from the first moment; its code is fetched only when somebody has a place to look at. */
export function MapFrame(props: PlaceMapProps) {
  const { data, isError, refetch } = useQuery({
    queryKey: ['map-code'],
    queryFn: () => import('./place-map.tsx'),
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
    retry: 1,
  })
  if (data !== undefined) return <data.PlaceMap {...props} />
  return (
    <p className={classes.waiting} role="status">
      {isError ? (
        <button type="button" className={classes.retry} onClick={() => void refetch()}>
          The map cannot be loaded. Try again
        </button>
      ) : (
        'Loading the map'
      )}
    </p>
  )
}
