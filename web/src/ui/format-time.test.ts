import { describe, expect, test } from 'vitest'
import * as format from './format-time.ts'
import { initialsOf } from './initials.ts'

describe('times', () => {
  test.each([
    [-5_000, '0 s', '0 seconds'],
    [1_000, '1 s', '1 second'],
    [59_999, '59 s', '59 seconds'],
    [60_000, '1:00', '1 minute'],
    [425_000, '7:05', '7 minutes'],
    [7_389_000, '2:03:09', '2 hours'],
    [400 * 3_600_000, '16 d 16 h', '16 days'],
  ])('%i ms have been %s, or %s', (ms, short, long) => {
    expect(format.formatElapsed(ms)).toBe(short)
    expect(format.spellElapsed(ms)).toBe(long)
  })

  test.each([
    ['2025-10-03T11:58:04+05:30', '2025-10-03 11:58:04 (UTC+05:30)'],
    ['2025-10-03T11:58:04.123Z', '2025-10-03 11:58:04 (UTC+00:00)'],
  ])('a device that wrote %s showed %s', (timestamp, expected) => {
    expect(format.formatDeviceTime(timestamp)).toBe(expected)
  })

  test('a device time reads back as the same instant, with an offset', () => {
    const written = format.toDeviceTimestamp(1_759_472_884_123)
    expect(Date.parse(written)).toBe(1_759_472_884_123)
    expect(written).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/)
  })

  test('days are named as people do', () => {
    const now = new Date(2025, 9, 3, 12).getTime()
    expect(format.formatDay(new Date(2025, 9, 3, 0, 1).getTime(), now)).toBe('Today')
    expect(format.formatDay(new Date(2025, 9, 2, 23, 59).getTime(), now)).toBe('Yesterday')
    expect(format.formatDay(new Date(2025, 8, 30).getTime(), now)).toBe('Tuesday, 30 September 2025')
  })

  test('the exact time names the zone', () => {
    expect(format.formatExact(new Date(2025, 9, 3, 9, 5, 7).getTime())).toMatch(
      /^2025-10-03 09:05:07 \(UTC[+-]\d\d:\d\d\)$/,
    )
  })
})

test.each([
  ['Ava Miller', 'AM'],
  ['admin_ben', 'B'],
  ['रवि कुमार', 'रकु'],
  ['', '?'],
])('the initials of %j are %s', (name, expected) => {
  expect(initialsOf(name)).toBe(expected)
})
