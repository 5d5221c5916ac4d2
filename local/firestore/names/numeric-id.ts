const NUMERIC = /^__id(-?[1-9]\d{0,18})__$/

/**
 * The number of a numeric document id (`__id7__`, which databases that once were Datastore have), else undefined.
 * Only what 64 bits hold, and only as numbers are written: else two ids would be one document. Zero is none.
 */
export function numberOfId(id: string): bigint | undefined {
  const digits = NUMERIC.exec(id)?.[1]
  if (digits === undefined) return undefined
  const number = BigInt(digits)
  return BigInt.asIntN(64, number) === number ? number : undefined
}
