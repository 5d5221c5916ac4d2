/** What paths, queries and bodies name, by the name of the parameter. `worker_id` is the first column's. */
export type Ids = Readonly<Record<string, string>>

/** Stands in the words of everything that a seed makes, so that it is recognized wherever it appears. */
export const MARK = 'zxqvacme'

/** Ids of the same forms that nobody has. */
const UNKNOWN: Ids = {
  conversation_id: 'conv_nobody',
  call_id: 'call_nobody',
  worker_id: 'worker_nobody',
  admin_id: 'admin_nobody',
  user_id: 'user_nobody',
  media_id: 'media_nobody',
  alarm_id: `alarm_${'0'.repeat(32)}`,
  session_id: `QS-${'0'.repeat(24)}`,
  lead_id: 'LEAD-nobody',
  procedure_id: 'own-00000000-0000-4000-8000-000000000000',
}

export const unknownIds = (ids: Ids): Ids =>
  Object.fromEntries(Object.keys(ids).map((name) => [name, UNKNOWN[name] ?? `unknown_${name}`]))

/** Puts ids in for their names: `{call_id}`. @throws for a name that no seed gives. */
export const fill = (text: string, ids: Ids, write: (id: string) => string = (id) => id): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name]
    if (id === undefined) throw new Error(`no seed gives {${name}} for ${text}`)
    return write(id)
  })

/** Which ids a text asks for. */
export const idsIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
