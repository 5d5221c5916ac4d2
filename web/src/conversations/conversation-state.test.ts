import { describe, expect, test } from 'vitest'
import {
  applyConversationInput,
  type ConversationInput,
  type ConversationState,
} from './conversation-state.ts'
import { CONVERSATION, messageNumber } from './message.fixture.ts'

const after = (...inputs: ConversationInput[]) =>
  inputs.reduce<ConversationState | undefined>(
    (state, input, at) => applyConversationInput(state, input, at),
    undefined,
  )

const initial: ConversationInput = { event: 'initial', data: CONVERSATION }
const newMessages = (...numbers: number[]): ConversationInput => ({
  event: 'new_messages',
  data: { conversation_id: 'conv_1', messages: numbers.map((n) => messageNumber(n)), total_messages: 9 },
})
const changed = (facts: object): ConversationInput => ({
  event: 'call_changed',
  data: {
    conversation_id: 'conv_1',
    call_id: 'call_1',
    urgency: 'HIGH',
    status: 'ACTIVE',
    admin_id: null,
    ...facts,
  },
})

describe('an open conversation', () => {
  test('is unknown until it has come whole', () => {
    expect(after(newMessages(1))).toBeUndefined()
  })

  test('highlights what came while we watched, and not what was there', () => {
    const state = after(initial, newMessages(2, 3))
    expect(state?.messages).toHaveLength(3)
    expect([...(state?.arrivals ?? [])]).toEqual([['msg_0003', 1]])
  })

  test.each(['initial', 'snapshot'] as const)('takes a second %s in without doubling or losing', (event) => {
    const again = { event, data: { ...CONVERSATION, messages: [messageNumber(2), messageNumber(4)] } }
    const state = after(initial, newMessages(3), again)
    expect(state?.messages.map(({ message_id }) => message_id.at(-1))).toEqual(['1', '2', '3', '4'])
  })

  test('tells of urgency and holder where they changed', () => {
    const state = after(
      initial,
      changed({ urgency: 'CRITICAL' }),
      newMessages(3),
      changed({ urgency: 'CRITICAL', admin_id: 'admin_ava' }),
    )
    expect(state?.notes).toMatchObject([
      { kind: 'urgency', from: 'HIGH', to: 'CRITICAL', after: 'msg_0002' },
      { kind: 'holder', from: null, to: 'admin_ava', after: 'msg_0003' },
    ])
    expect(new Set(state?.notes.map(({ id }) => id)).size).toBe(2)
  })

  test('keeps why the urgency has changed', () => {
    const urgency_cause = { kind: 'words', message_id: 'msg_0002', cues: ['not breathing'] }
    const state = after(initial, changed({ urgency: 'CRITICAL', urgency_cause }))
    expect(state?.notes).toMatchObject([{ kind: 'urgency', cause: urgency_cause }])
    expect(state?.call).not.toHaveProperty('urgency_cause')
  })

  test('notices a change that happened while the stream was away', () => {
    const state = after(initial, { event: 'initial', data: { ...CONVERSATION, urgency: 'CRITICAL' } })
    expect(state?.notes).toMatchObject([{ kind: 'urgency', to: 'CRITICAL' }])
  })

  test('says once that it has ended', () => {
    const ended: ConversationInput = { event: 'ended', data: { message: 'over', conversation_id: 'conv_1' } }
    const state = after(initial, changed({ status: 'ENDED' }), ended)
    expect(state?.call.status).toBe('ENDED')
    expect(state?.notes).toHaveLength(1)
  })

  test('is not touched by what people do besides writing', () => {
    const seen: ConversationInput = { event: 'seen', data: { conversation_id: 'conv_1', marks: [] } }
    const state = after(initial, seen)
    expect(state).toMatchObject({ call: { status: 'ACTIVE' }, notes: [] })
  })

  test('ignores the word of another conversation', () => {
    const state = after(initial, newMessages(3))
    const other = { ...newMessages(4), event: 'new_messages' as const }
    const foreign = {
      ...other,
      data: { conversation_id: 'conv_2', messages: [messageNumber(4)], total_messages: 1 },
    }
    expect(applyConversationInput(state, foreign, 5)).toBe(state)
  })
})
