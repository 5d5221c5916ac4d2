import { randomUUID } from 'node:crypto'

import type { Access } from '../auth/access.ts'
import type { Commit } from '../namespace.ts'
import { toValue } from '../tree/json.ts'
import type { Node } from '../tree/node.ts'
import { formatPath } from '../tree/path.ts'
import { changedNodes } from './changed-nodes.ts'
import type { ChangedNode } from './changed-nodes.ts'
import { mergePatch } from './merge-patch.ts'
import type { Trigger, TriggerKind } from './trigger.ts'

/** One call of a function, ready to be posted. */
export interface TriggerEvent {
  readonly contentType: string
  readonly body: string
}

const location = 'us-central1'

/** What a write calls a function with: one event for each node of its pattern that changed. */
export function triggerEvents(trigger: Trigger, commit: Commit): TriggerEvent[] {
  if (!trigger.matchesNamespace(commit.namespace)) return []
  const search = { pattern: trigger.path, written: commit.writes.map(({ path }) => path) }
  return changedNodes(commit.before, commit.after, search)
    .filter(({ before, after }) => firesFor(trigger.kind, before, after))
    .map((node) => ({ node, patch: mergePatch(node.before, node.after) }))
    .filter(({ patch }) => patch !== undefined)
    .map(({ node, patch }) =>
      trigger.version === 2
        ? cloudEvent(trigger, commit, node, patch)
        : legacyEvent(trigger, commit, node, patch),
    )
}

function firesFor(kind: TriggerKind, before: Node, after: Node): boolean {
  if (kind === 'written') return true
  if (before.isEmpty()) return kind === 'created'
  return kind === (after.isEmpty() ? 'deleted' : 'updated')
}

function cloudEvent(trigger: Trigger, commit: Commit, node: ChangedNode, patch: unknown): TriggerEvent {
  const ref = formatPath(node.path)
  const uid = uidOf(commit.access)
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: `//firebasedatabase.googleapis.com/projects/_/locations/${location}/instances/${commit.namespace}`,
    type: `google.firebase.database.ref.v1.${trigger.kind}`,
    time: new Date(commit.now).toISOString(),
    subject: `refs/${ref}`,
    datacontenttype: 'application/json',
    location,
    instance: commit.namespace,
    ref,
    firebasedatabasehost: 'firebaseio.com',
    authtype: authType(commit.access),
    ...(uid !== null && { authid: uid }),
    data: {
      '@type': 'type.googleapis.com/google.events.firebase.database.v1.ReferenceEventData',
      data: toValue(node.before),
      delta: patch,
    },
  }
  return { contentType: 'application/cloudevents+json; charset=utf-8', body: JSON.stringify(event) }
}

const legacyKinds: Record<TriggerKind, string> = {
  written: 'write',
  created: 'create',
  updated: 'update',
  deleted: 'delete',
}

function legacyEvent(trigger: Trigger, commit: Commit, node: ChangedNode, patch: unknown): TriggerEvent {
  const params = trigger.path.map((step, depth) =>
    'capture' in step && step.capture !== '*' ? [[step.capture, node.path[depth]]] : [],
  )
  const event = {
    eventId: randomUUID(),
    timestamp: new Date(commit.now).toISOString(),
    eventType: `providers/google.firebase.database/eventTypes/ref.${legacyKinds[trigger.kind]}`,
    resource: `projects/_/instances/${commit.namespace}/refs/${formatPath(node.path)}`,
    domain: 'firebaseio.com',
    params: Object.fromEntries(params.flat()),
    auth: legacyAuth(commit.access),
    data: { data: toValue(node.before), delta: patch },
  }
  return { contentType: 'application/json; charset=utf-8', body: JSON.stringify(event) }
}

function authType(access: Access): string {
  if (access.admin) return 'admin'
  return access.auth === null ? 'unauthenticated' : 'app_user'
}

function uidOf(access: Access): string | null {
  const uid = access.admin ? undefined : access.auth?.['uid']
  return typeof uid === 'string' ? uid : null
}

function legacyAuth(access: Access): unknown {
  if (access.admin) return { admin: true }
  if (access.auth === null) return { admin: false }
  return { admin: false, variable: { uid: access.auth['uid'], token: access.auth['token'] } }
}
