import {
  describeAccuracy,
  isRedundant,
  placeWords,
  type LocationAttachment,
} from '@lifeline/functions/contract'
import { expect, test } from 'vitest'
import { ageOf, describeAge, mapLink } from './attachment-words.ts'

const place: LocationAttachment = {
  kind: 'location',
  latitude: 12.9716,
  longitude: -77.5946,
  accuracy_m: 14.2,
  captured_at: '2025-10-03T11:58:00+05:30',
}

test('tells a place in words that need no map', () => {
  expect(placeWords(place)).toBe('My location: 12.97160, -77.59460 (within 15 m)')
  expect(describeAccuracy({ accuracy_m: 2_410 })).toBe('within 2.4 km')
  expect(mapLink(place)).toContain('mlat=12.9716&mlon=-77.5946')
})

test('counts the age of a place by each clock for its own part, so that a wrong one does no harm', () => {
  // The device is an hour ahead of the server.
  const message = { timestamp: '2025-10-03T11:58:10+05:30', received_at: '2025-10-03T05:28:12Z' }
  const age = ageOf(place, message, Date.parse('2025-10-03T05:28:42Z'))
  expect([age, describeAge(age), describeAge(4_000)]).toEqual([40_000, '40 seconds ago', 'just now'])
})

test('shows words beside an attachment only when they say more', () => {
  expect(isRedundant({ content: placeWords(place), attachment: place })).toBe(true)
  expect(isRedundant({ content: 'I am here', attachment: place })).toBe(false)
  expect(isRedundant({ content: 'Photo' })).toBe(false)
})
