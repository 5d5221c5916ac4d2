/** What a request prefers (RFC 7240), as far as we know it. */
export interface Preferences {
  /** `respond-async`: an answer at once that says where the result will be. */
  respondAsync: boolean
  /** `wait`: for how long the caller would wait for the result, s. */
  waitSeconds: number | undefined
}

const PREFERENCE =
  /([!#$%&'*+.^`|~\w-]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s,;"]*))?(?:"(?:[^"\\]|\\.)*"|[^,"])*/g

/** @param header `Prefer`; several of them are joined by commas. What cannot be read is no preference. */
export function readPreferences(header: string | undefined): Preferences {
  const found = new Map<string, string>()
  for (const [, name = '', value = ''] of (header ?? '').matchAll(PREFERENCE)) {
    // Of one that comes twice the first counts (RFC 7240 §2).
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), value.replaceAll('"', ''))
  }
  const wait = found.get('wait') ?? ''
  return {
    respondAsync: found.has('respond-async'),
    waitSeconds: /^\d{1,6}$/.test(wait) ? Number(wait) : undefined,
  }
}
