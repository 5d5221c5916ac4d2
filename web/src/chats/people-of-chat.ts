import type { ConversationsResponse } from '@lifeline/functions/contract'

/** Somebody who wrote in a chat. */
export type Writer = {
  id: string
  /** Their id, where they are nobody of the company whom it knows by name. */
  name: string
  /** What they are to the company; undefined for somebody from elsewhere. */
  role: string | undefined
}

/** Everybody who wrote, by id; empty until it is known. */
export const writersOf = (record: ConversationsResponse | undefined): ReadonlyMap<string, Writer> =>
  new Map(
    record?.participants?.flatMap(({ id, name, role }) =>
      id === undefined ? [] : [[id, { id, name, role }] as const],
    ),
  )
