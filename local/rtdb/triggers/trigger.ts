import { z } from 'zod'

/** Which change of a node a function waits for. */
export type TriggerKind = 'written' | 'created' | 'updated' | 'deleted'

/** One step of a pattern: a key, or any one key (by its name where the pattern gives one). */
export type PatternStep = { readonly key: string } | { readonly capture: string }

/** A function that a change of the database calls. */
export interface Trigger {
  readonly id: string
  /** What the function is called with: a CloudEvent (2) or the older form (1). */
  readonly version: 1 | 2
  readonly kind: TriggerKind
  readonly path: readonly PatternStep[]
  /** Whether the function is of that namespace. */
  readonly matchesNamespace: (name: string) => boolean
}

const EventTrigger = z.object({
  eventType: z.string(),
  resource: z.string().optional(),
  eventFilters: z.looseObject({ instance: z.string().optional() }).optional(),
  eventFilterPathPatterns: z
    .looseObject({ ref: z.string().optional(), instance: z.string().optional() })
    .optional(),
})
type EventTrigger = z.infer<typeof EventTrigger>

/** As much of the functions emulator's `GET /backends` as says which functions there are. */
export const Backends = z.object({
  backends: z.array(
    z.object({
      functionTriggers: z
        .array(z.object({ id: z.string(), eventTrigger: z.unknown().optional() }))
        .default([]),
    }),
  ),
})

const kinds = new Map<string, TriggerKind>([
  ['google.firebase.database.ref.v1.written', 'written'],
  ['google.firebase.database.ref.v1.created', 'created'],
  ['google.firebase.database.ref.v1.updated', 'updated'],
  ['google.firebase.database.ref.v1.deleted', 'deleted'],
  ['providers/google.firebase.database/eventTypes/ref.write', 'written'],
  ['providers/google.firebase.database/eventTypes/ref.create', 'created'],
  ['providers/google.firebase.database/eventTypes/ref.update', 'updated'],
  ['providers/google.firebase.database/eventTypes/ref.delete', 'deleted'],
])

const v1Resource = /^projects\/[^/]+\/instances\/([^/]+)\/refs\/(.*)$/

/** The database triggers of a backend listing; functions of other kinds are left out. */
export function readTriggers(listing: z.infer<typeof Backends>): Trigger[] {
  const byId = new Map<string, Trigger>()
  for (const { id, eventTrigger } of listing.backends.flatMap((backend) => backend.functionTriggers)) {
    const { data } = EventTrigger.safeParse(eventTrigger)
    const trigger = data && readTrigger(id, data)
    if (trigger) byId.set(id, trigger)
  }
  return [...byId.values()]
}

function readTrigger(id: string, event: EventTrigger): Trigger | null {
  const kind = kinds.get(event.eventType)
  if (kind === undefined) return null
  const [, v1Instance, v1Path] = v1Resource.exec(event.resource ?? '') ?? []
  const path = event.eventFilterPathPatterns?.ref ?? v1Path
  const instance = event.eventFilters?.instance ?? event.eventFilterPathPatterns?.instance ?? v1Instance
  if (path === undefined || instance === undefined) return null
  const version = event.eventType.startsWith('providers/') ? 1 : 2
  return { id, version, kind, path: readPattern(path), matchesNamespace: namespacePattern(instance) }
}

function readPattern(path: string): PatternStep[] {
  const steps = path.split('/').filter((step) => step !== '')
  return steps.map((step) => {
    const capture = /^\{([^}=]+)(?:=\*)?\}$/.exec(step)?.[1]
    if (capture !== undefined) return { capture }
    return step === '*' ? { capture: '*' } : { key: step }
  })
}

/** `*` and `{name}` stand for any part of a namespace's name. */
function namespacePattern(pattern: string): (name: string) => boolean {
  const parts = pattern.split(/\*|\{[^}]*\}/).map((part) => part.replaceAll(/[^\w-]/g, String.raw`\$&`))
  const expression = new RegExp(`^${parts.join('.*')}$`, 'i')
  return (name) => expression.test(name)
}
