import { formatSseEvent } from '../streaming/sse-format.ts'
import type { Alarm } from './schema.ts'

/** The worker of spec 1 has gone silent. */
export const alarmExample = {
  alarm_id: 'alarm_0f3c2f6f0a2d4b1f9d0c7f5f1b8f4a11',
  company_id: 'c_acme',
  call_id: 'call_919325590143_20251003_115804',
  conversation_id: 'conv_919325590143_20251003_115804',
  worker_id: 'worker_919325590143',
  worker_name: 'Ravi Deshmukh',
  kind: 'silence',
  urgency: 'CRITICAL',
  holder_id: 'admin_ben',
  audience: 'holder',
  level: 1,
  state: 'raised',
  raised_at: '2025-10-03T06:30:00.000Z',
  escalated_at: '2025-10-03T06:30:00.000Z',
  silent_since: '2025-10-03T06:28:15.000Z',
  acknowledged: null,
  verdict: null,
  history: [{ what: 'raised', at: '2025-10-03T06:30:00.000Z' }],
} satisfies Alarm

const acknowledged = { by: 'admin_ben', name: 'Ben Okafor', at: '2025-10-03T06:30:09.000Z' }

export const acknowledgedExample = {
  ...alarmExample,
  state: 'acknowledged',
  acknowledged,
  history: [...alarmExample.history, { what: 'acknowledged', at: acknowledged.at, by: 'admin_ben' }],
} satisfies Alarm

export const closedExample = {
  ...acknowledgedExample,
  state: 'closed',
  verdict: {
    by: 'admin_ben',
    name: 'Ben Okafor',
    at: '2025-10-03T06:41:00.000Z',
    verdict: 'worker-safe',
    note: 'He had put the phone down to climb.',
  },
  history: [
    ...acknowledgedExample.history,
    { what: 'closed', at: '2025-10-03T06:41:00.000Z', by: 'admin_ben' },
  ],
} satisfies Alarm

const example = (event: string, data: object) => formatSseEvent({ event, json: JSON.stringify(data) })

/** Events as they stand on the wire. */
export const alarmsStreamExample = [
  example('initial', { alarms: [] }),
  example('alarm_raised', alarmExample),
  example('alarm_changed', acknowledgedExample),
  example('alarm_removed', { alarm_id: alarmExample.alarm_id }),
].join('')
