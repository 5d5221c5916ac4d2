import type { Actor } from '../../auth/actor.ts'
import { AppError } from '../../platform/errors.ts'
import type { LiveStream } from '../../streaming/live-stream.ts'
import { frameOf } from '../../streaming/frame.ts'
import type { Replies } from '../replies.ts'
import type { SocketAction, SocketEvents } from './schema.ts'
import type { Subscriptions } from './subscriptions.ts'
import type { z } from 'zod'

type Done = Omit<z.infer<typeof SocketEvents.done>, 'action' | 'request_id'>

export interface ActContext {
  actor: Actor
  stream: LiveStream
  subscriptions: Subscriptions
  replies: Replies
}

/** Carries one action of an authenticated socket out and says so. @throws AppError for what is refused. */
export async function act(
  context: ActContext,
  action: Exclude<SocketAction, { action: 'authenticate' }>,
): Promise<void> {
  const { stream, subscriptions } = context
  const done = (result: Done = {}) =>
    stream.send(
      frameOf('done', {
        action: action.action,
        ...(action.request_id !== undefined && { request_id: action.request_id }),
        ...result,
      }),
    )
  if (action.action !== 'subscribe') return done(await carryOut(context, action))
  const { conversation_id, last_event_id } = action
  await subscriptions.add(conversation_id, last_event_id, () => done({ conversation_id }))
}

async function carryOut(
  { actor, subscriptions, replies }: ActContext,
  action: Exclude<SocketAction, { action: 'subscribe' | 'authenticate' }>,
): Promise<Done> {
  switch (action.action) {
    case 'unsubscribe': {
      const { conversation_id } = action
      if (subscriptions.remove(conversation_id)) return { conversation_id }
      throw new AppError('conflict', 'This conversation is not subscribed to', {
        details: { reason: 'not-subscribed' },
      })
    }
    case 'send_message': {
      const { conversation_id, message_id: key, ...outgoing } = action
      const sent = await replies.send(actor, conversation_id, { ...outgoing, key })
      return { conversation_id, ...sent }
    }
    case 'seen': {
      const { conversation_id, message_id } = action
      return { conversation_id, seen: await replies.seen(actor, conversation_id, message_id) }
    }
    default: {
      const { conversation_id } = action
      await replies.typing(actor, conversation_id, action)
      return { conversation_id }
    }
  }
}
