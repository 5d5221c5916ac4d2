import type { IncomingMessage } from 'node:http'

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/
const CLOUD_TRACE = /^([0-9a-f]{32})(?:\/(\d{1,20}))?/i

/**
 * The trace that a request belongs to (`traceparent` of W3C, or `X-Cloud-Trace-Context`), as fields by which Cloud Logging
 * joins lines to it; none when the caller names no trace.
 */
export function traceFields(
  { headers }: Pick<IncomingMessage, 'headers'>,
  projectId: string,
): Readonly<Record<string, string>> {
  const w3c = TRACEPARENT.exec(String(headers.traceparent ?? ''))
  const cloud = CLOUD_TRACE.exec(String(headers['x-cloud-trace-context'] ?? ''))
  const trace = w3c?.[1] ?? cloud?.[1]?.toLowerCase()
  if (trace === undefined || /^0+$/.test(trace)) return {}
  const span = w3c?.[2] ?? (cloud?.[2] === undefined ? undefined : spanOf(cloud[2]))
  return {
    'logging.googleapis.com/trace': `projects/${projectId}/traces/${trace}`,
    ...(span !== undefined && { 'logging.googleapis.com/spanId': span }),
  }
}

/** Google's own header writes the span as a decimal number. */
const spanOf = (decimal: string): string | undefined => {
  const hex = BigInt(decimal).toString(16)
  return hex.length > 16 ? undefined : hex.padStart(16, '0')
}
