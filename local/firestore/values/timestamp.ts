import { invalidArgument } from '../errors.ts'
import type { Timestamp } from './value.ts'

const EARLIEST = -62_135_596_800
const LATEST = 253_402_300_799

/** A timestamp as it arrives: zero fields may be missing. */
export interface TimestampInput {
  readonly seconds?: string | null
  readonly nanos?: number | null
}

/** Microseconds since 1970 as a timestamp. */
export function fromMicros(micros: number): Timestamp {
  const seconds = Math.floor(micros / 1_000_000)
  return { seconds: String(seconds), nanos: (micros - seconds * 1_000_000) * 1_000 }
}

/** Microseconds since 1970; exact for the moments that a server can have seen. */
export function toMicros(timestamp: TimestampInput): number {
  return Number(timestamp.seconds ?? 0) * 1_000_000 + Math.floor((timestamp.nanos ?? 0) / 1_000)
}

/** Checks the range (years 1 to 9999) and drops what is finer than a microsecond, as production does. */
export function admitTimestamp(input: TimestampInput): Timestamp {
  const seconds = input.seconds ?? '0'
  const nanos = input.nanos ?? 0
  if (Number(seconds) < EARLIEST || Number(seconds) > LATEST || nanos < 0 || nanos > 999_999_999) {
    throw invalidArgument('Timestamp is out of range: it must lie between the years 1 and 9999.')
  }
  return { seconds, nanos: nanos - (nanos % 1_000) }
}
