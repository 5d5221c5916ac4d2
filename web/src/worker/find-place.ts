import type { LocationAttachment } from '@lifeline/functions/contract'
import { toDeviceTimestamp } from '../ui/format-time.ts'

/** Longest wait for a position, ms. */
const TIMEOUT_MS = 20_000

/** Where this phone is. Rejects with words for the worker. */
export function findPlace(geolocation: Geolocation): Promise<LocationAttachment> {
  return new Promise((resolve, reject) => {
    geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy }, timestamp }) =>
        resolve({
          kind: 'location',
          latitude,
          longitude,
          accuracy_m: Math.min(accuracy, 1_000_000),
          captured_at: toDeviceTimestamp(timestamp),
        }),
      ({ code, PERMISSION_DENIED }) =>
        reject(
          new Error(
            code === PERMISSION_DENIED
              ? 'This phone does not allow it. Write where you are.'
              : 'Your location cannot be found right now. Write where you are.',
          ),
        ),
      { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: 0 },
    )
  })
}
