import { type ReferenceOptions, onValueCreated } from 'firebase-functions/database'
import { createDirectory } from '../conversations/directory.ts'
import type { Deps } from '../deps.ts'
import { judgeMessage } from './duress-messages.ts'
import { judgeEnd } from './duress.ts'
import { watchSilence } from './watch-silence.ts'
import { readCall, readCallOf } from '../conversations/store.ts'

type WatchDeps = Pick<Deps, 'writes' | 'transactions' | 'firestore' | 'clock' | 'log' | 'config' | 'audit'>
type Options = Pick<ReferenceOptions, 'secrets'>

/** Looks whether a worker's message is their duress word. */
export const onDuressMessage = (deps: () => WatchDeps, options: Options) =>
  onValueCreated(
    { ...options, ref: '/active_conversations/{conversation_id}/messages/{message_id}', retry: true },
    async (event) => {
      const given = deps()
      await judgeMessage(
        { ...given, directory: createDirectory(given) },
        {
          conversationId: event.params.conversation_id,
          messageId: event.params.message_id,
          stored: event.data.val(),
        },
      )
    },
  )

/** Takes in a worker's answer to "are you OK?" at once; a sweep does so too. */
export const onCheckAnswered = (deps: () => WatchDeps, options: Options) =>
  onValueCreated(
    { ...options, ref: '/active_conversations/{conversation_id}/check/answer', retry: true },
    async (event) => {
      const given = deps()
      const found = await readCallOf({ ...given, database: given.writes }, event.params.conversation_id)
      if (found === undefined) return
      await watchSilence({ ...given, directory: createDirectory(given) }, [found.callId, found.call])
    },
  )

/** Looks at once at the word with which a worker has ended their call; a sweep does so too. */
export const onEndAsked = (deps: () => WatchDeps, options: Options) =>
  onValueCreated({ ...options, ref: '/active_calls/{call_id}/end_asked', retry: true }, async (event) => {
    const given = deps()
    const { call_id } = event.params
    const call = await readCall({ ...given, database: given.writes }, call_id)
    if (call === undefined || call === 'malformed') return
    await judgeEnd({ ...given, directory: createDirectory(given) }, [call_id, call])
  })
