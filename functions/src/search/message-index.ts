import MiniSearch from 'minisearch'
import type { CallRecord } from '../calls/schema.ts'
import type { ReadMessage } from '../conversations/read-message.ts'
import { allowedTypos, wordsOf } from './words.ts'

/** A conversation as the index knows it. */
export interface IndexedConversation {
  readonly conversationId: string
  readonly callId: string
  readonly call: CallRecord
  readonly archived: boolean
}

/** What every kind of conversation is indexed by. */
export type Indexed = Pick<IndexedConversation, 'conversationId' | 'archived'>

/** A message that was found. */
export interface Found<C extends Indexed = IndexedConversation> {
  readonly conversation: C
  readonly message: ReadMessage
  readonly score: number
  /** Its words that were found, folded. */
  readonly terms: readonly string[]
}

interface Kept<C> {
  conversation: C
  readonly documents: Map<string, number>
}
interface Document {
  readonly key: string
  readonly message: ReadMessage
}

/** The words of many conversations in memory. Messages never change, so that only new ones are taken in. */
export interface MessageIndex<C extends Indexed = IndexedConversation> {
  /** Takes a conversation in as it is now; what it does not have any more is dropped. */
  put(conversation: C, messages: readonly ReadMessage[]): void
  /** Takes a conversation in as it is now, and more messages of it. */
  add(conversation: C, messages: readonly ReadMessage[]): void
  /** Drops every conversation of this kind that `keep` says no to. */
  prune(archived: boolean, keep: (conversationId: string) => boolean): void
  conversations(): C[]
  /** Best first. `allows` is asked before a message counts as found. */
  search(query: string, allows: (conversation: C, message: ReadMessage) => boolean): Found<C>[]
  /** What it takes: one for each message and each 100 characters of it. */
  readonly size: number
}

const keyOf = ({ archived, conversationId }: Indexed): string =>
  `${archived ? 'archived' : 'active'}/${conversationId}`

const weigh = ({ message }: ReadMessage): number => 1 + Math.floor(message.content.length / 100)

export function createMessageIndex<C extends Indexed = IndexedConversation>(): MessageIndex<C> {
  const engine = new MiniSearch<{ id: number; content: string }>({
    fields: ['content'],
    tokenize: (text) => wordsOf(text).map(({ term }) => term),
    processTerm: (term) => term,
  })
  const kept = new Map<string, Kept<C>>()
  const documents = new Map<number, Document>()
  let nextId = 0
  let size = 0

  function addOne(key: string, { documents: own }: Kept<C>, message: ReadMessage): void {
    nextId += 1
    engine.add({ id: nextId, content: message.message.content })
    documents.set(nextId, { key, message })
    own.set(message.id, nextId)
    size += weigh(message)
  }

  function drop(own: Map<string, number>, messageId: string, id: number): void {
    const document = documents.get(id)
    if (document !== undefined) size -= weigh(document.message)
    engine.discard(id)
    documents.delete(id)
    own.delete(messageId)
  }

  const conversationOf = (id: number): [C, ReadMessage] | undefined => {
    const document = documents.get(id)
    const conversation = document && kept.get(document.key)?.conversation
    return conversation && [conversation, document.message]
  }

  function entryOf(conversation: C): Kept<C> {
    const key = keyOf(conversation)
    const entry = kept.get(key) ?? { conversation, documents: new Map<string, number>() }
    entry.conversation = conversation
    kept.set(key, entry)
    return entry
  }

  function add(conversation: C, messages: readonly ReadMessage[]): void {
    const entry = entryOf(conversation)
    for (const message of messages) {
      if (!entry.documents.has(message.id)) addOne(keyOf(conversation), entry, message)
    }
  }

  return {
    put(conversation, messages) {
      const { documents: own } = entryOf(conversation)
      const present = new Set(messages.map(({ id }) => id))
      for (const [messageId, id] of own) if (!present.has(messageId)) drop(own, messageId, id)
      add(conversation, messages)
    },
    add,
    prune(archived, keep) {
      for (const [key, { conversation, documents: own }] of kept) {
        if (conversation.archived !== archived || keep(conversation.conversationId)) continue
        for (const [messageId, id] of own) drop(own, messageId, id)
        kept.delete(key)
      }
    },
    conversations: () => [...kept.values()].map(({ conversation }) => conversation),
    search(query, allows) {
      const results = engine.search(query, {
        combineWith: 'AND',
        tokenize: (text) => wordsOf(text, 'query').map(({ term }) => term),
        // One or two letters begin half of all words, and cost as much; in other scripts they say more.
        prefix: (term) => term.length > 2 || /\P{ASCII}/u.test(term),
        fuzzy: (term) => allowedTypos(term),
        // A word as it was typed is worth more than one that begins so or is only like it.
        weights: { prefix: 0.5, fuzzy: 0.3 },
        filter: ({ id }) => {
          const found = conversationOf(id as number)
          return found !== undefined && allows(...found)
        },
      })
      return results.flatMap(({ id, score, terms }) => {
        const found = conversationOf(id as number)
        return found === undefined ? [] : [{ conversation: found[0], message: found[1], score, terms }]
      })
    },
    get size() {
      return size
    },
  }
}
