import { randomBytes } from 'node:crypto'
import { FieldValue } from 'firebase-admin/firestore'
import type { Actor } from '../auth/actor.ts'
import { conversationDocument } from '../conversations/archive.ts'
import { deleteChat } from '../chats/delete-chat.ts'
import { isChatKey } from '../chats/schema.ts'
import type { Directory } from '../conversations/directory.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { answered } from '../streaming/answered.ts'
import { type FindDeps, type FoundConversation, findConversation } from './find-conversation.ts'
import type { ConversationBody, ConversationsResponse } from './schema.ts'
import { notPermitted } from './status-errors.ts'
import { SAID_FIELDS, StoredConversation, showStored } from './stored-conversation.ts'

const ms = (time: string | undefined): number | null => (time === undefined ? null : Date.parse(time))

/**
 * Makes a conversation (spec 3) of the caller, or of one of their own agents.
 *
 * @throws AppError `unauthenticated` for anybody else's; `unavailable` when Firestore does not answer.
 */
export async function createConversation(
  { firestore, clock, directory }: FindDeps,
  actor: Actor,
  body: ConversationBody,
): Promise<ConversationsResponse> {
  const { agent_id = actor.uid, started_at, ended_at, ...said } = body
  if (!(await maySpeakFor(actor, agent_id, directory))) throw notPermitted()
  const now = clock.now()
  const id = `conv_${randomBytes(16).toString('hex')}`
  const data = {
    ...said,
    conversation_id: id,
    company_id: actor.company_id,
    agent_id,
    status: ended_at === undefined ? 'ACTIVE' : 'ENDED',
    started_at: ms(started_at) ?? now,
    ended_at: ms(ended_at),
    created_at: now,
    created_by: actor.uid,
    updated_at: now,
  }
  await answered(conversationDocument(firestore, id).create(data), clock)
  return await showStored(id, StoredConversation.parse(data), data, directory)
}

/**
 * Replaces what was said about a conversation (spec 3). What is left out is gone, but for who it is of and its times.
 *
 * @throws AppError `failed-dependency` whenever it is not changed; `unavailable` when a database does not answer.
 */
export async function updateConversation(
  deps: FindDeps,
  actor: Actor,
  id: string,
  body: ConversationBody,
): Promise<ConversationsResponse> {
  const { firestore, clock, directory } = deps
  const found = await findToUpdate(deps, actor, id)
  const conflict = await whyNot(found, actor, body, directory)
  if (conflict !== undefined) throw notUpdated(conflict)
  const said = Object.fromEntries(SAID_FIELDS.map((name) => [name, body[name] ?? FieldValue.delete()]))
  const own = found.isCall ? {} : factsOf(found, body)
  const document = conversationDocument(firestore, id)
  // Merged, for a call that has just begun has no document yet.
  const write = found.isCall
    ? document.set({ ...said, updated_at: clock.now() }, { merge: true })
    : document.update({ ...said, ...own, updated_at: clock.now() })
  try {
    await answered(write, clock)
  } catch (error) {
    // It was deleted since we looked.
    if (found.isCall || (await answered(document.get(), clock)).exists) throw error
    throw notUpdated('it is gone')
  }
  const after = await findToUpdate(deps, actor, id)
  return await showStored(id, after.stored, after.data, directory)
}

function factsOf({ stored }: FoundConversation, body: ConversationBody) {
  const endedAt = ms(body.ended_at) ?? stored.ended_at ?? null
  return {
    call_type: body.call_type,
    agent_id: body.agent_id ?? stored.agent_id,
    started_at: ms(body.started_at) ?? stored.started_at ?? null,
    ended_at: endedAt,
    status: endedAt === null ? stored.status : 'ENDED',
  }
}

/** Why a conversation cannot be as the caller wants it; undefined when it can. */
async function whyNot(
  { isCall, stored, mayChange }: FoundConversation,
  actor: Actor,
  { call_type, agent_id, started_at, ended_at }: ConversationBody,
  directory: Directory,
): Promise<string | undefined> {
  if (!mayChange) return 'it is not yours'
  const isFixed = isCall || stored.call_type === 'chat'
  if (isFixed && call_type !== stored.call_type) return `it is of the type ${stored.call_type}`
  if (agent_id !== undefined && agent_id !== stored.agent_id) {
    if (isCall) return 'who holds a call is changed by taking it over'
    if (!(await maySpeakFor(actor, agent_id, directory))) return 'agent_id names no agent of yours'
  }
  const differs = (given: string | undefined, kept: number | null | undefined) =>
    given !== undefined && ms(given) !== (kept ?? null)
  if (isCall && (differs(started_at, stored.started_at) || differs(ended_at, stored.ended_at)))
    return 'the times of a call are its own'
  return undefined
}

const notUpdated = (why: string): AppError =>
  new AppError('failed-dependency', `Unable to update the conversation: ${why}.`)

/** What may not be read cannot be updated, and spec 3 knows one answer for that. */
async function findToUpdate(deps: FindDeps, actor: Actor, id: string): Promise<FoundConversation> {
  try {
    return await findConversation(deps, actor, id, null)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') throw notUpdated('there is none of this id')
    throw error
  }
}

/**
 * Deletes a conversation with all that belongs to it; a chat wherever its messages are. Emergency calls are kept: they
 * are what happened.
 *
 * @throws AppError `not-found`, `forbidden` for who may only read it, `conflict` for an emergency call, `unavailable`.
 */
export async function deleteConversation(
  deps: FindDeps & Pick<Deps, 'writes'>,
  actor: Actor,
  id: string,
): Promise<void> {
  const { firestore, clock, writes } = deps
  const found = await findConversation(deps, actor, id, null)
  if (found.isCall) throw new AppError('conflict', 'The conversation of an emergency call is kept.')
  const insights = firestore.doc(`live_insights/${conversationDocument(firestore, id).id}`)
  if (isChatKey(id)) {
    const outcome = await deleteChat(deps, actor, id)
    if (outcome === 'refused') {
      throw new AppError('forbidden', 'Only who wrote in it, and their company’s managers, may delete it.')
    }
    await answered(insights.delete(), clock)
    if (outcome === 'deleted') return
    // What a deletion that stopped half-way has left of it.
  } else if (!found.mayChange) {
    throw new AppError('forbidden', 'Only its agent and their manager may delete it.')
  }
  const active = writes.ref(`active_conversations/${id}`)
  const stored = (await answered(active.get(), clock)) as { val(): Record<string, unknown> | null }
  const { company_id, call_id } = stored.val() ?? {}
  // The same id may be another's there; a call's never goes this way.
  if (call_id === undefined && company_id === found.stored.company_id) await answered(active.remove(), clock)
  await answered(
    Promise.all([firestore.recursiveDelete(conversationDocument(firestore, id)), insights.delete()]),
    clock,
  )
}

/** Is this the caller, or an agent whom they manage? */
async function maySpeakFor(actor: Actor, agentId: string, directory: Directory): Promise<boolean> {
  if (agentId === actor.uid) return true
  const agent = actor.role === 'manager' ? await directory.admin(agentId) : null
  return agent?.manager_id === actor.uid && agent.company_id === actor.company_id
}
