import { DuressWordReply, proveWord } from '@lifeline/functions/contract'
import type { Auth } from 'firebase/auth'
import { describeError } from '../api/errors.ts'
import { jsonPost, readReply, send } from '../api/http.ts'

/**
 * What is sent for a word that was typed; undefined for none. It always takes as long, so that nothing on the screen
 * tells whether there was one.
 */
export async function proveTyped(word: string, uid: string): Promise<string | undefined> {
  const proof = await proveWord(word, uid)
  return word.trim() === '' ? undefined : proof
}

/** Sets the worker's duress word; the word itself stays on the phone. Resolves with what went wrong, or with nothing. */
export async function setDuressWord(auth: Auth, uid: string, word: string): Promise<string | undefined> {
  try {
    const token = await auth.currentUser?.getIdToken()
    if (token === undefined) return 'Sign in again to set the word.'
    const body = jsonPost({ proof: await proveWord(word, uid) }, { authorization: `Bearer ${token}` })
    const fetching = (url: string, init: RequestInit) => fetch(url, init)
    await readReply(
      await send(fetching, '/api/workers/me/duress-word', { ...body, method: 'PUT' }),
      DuressWordReply,
    )
    return undefined
  } catch (error) {
    return describeError(error)
  }
}
