import { array, assert, constantFrom, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Act } from '../conversations/change-call.ts'
import { type Action, type Subject, decideAccess } from '../conversations/policy.ts'
import {
  acceptOffer,
  dropLapsedOffer,
  dropOffer,
  end,
  loseHolder,
  markTold,
  missHolder,
  offer,
  release,
  setUrgency,
  takeOver,
} from './lifecycle.ts'
import { CallRecord } from './schema.ts'

const NOW = 1_000_000
const fresh: CallRecord = {
  conversation_id: 'conv_1',
  worker_id: 'worker_1',
  mobile_no: '',
  admin_id: null,
  takeover: 0,
  urgency: 'HIGH',
  status: 'ACTIVE',
  medium: 'Text',
  timestamp: '2025-10-03T11:58:04+05:30',
}

/** What the database makes of a patch: null takes a field away, and the server's time is NOW. */
function apply(call: CallRecord, act: Act): CallRecord {
  const patch = act(call)
  if (patch === null || patch === 'lapsed') return call
  const entries = Object.entries({ ...call, ...patch }).filter(([, value]) => value !== null)
  const stored = JSON.stringify(Object.fromEntries(entries)).replaceAll('{".sv":"timestamp"}', String(NOW))
  return CallRecord.parse(JSON.parse(stored))
}

const subjectOf = ({ status, admin_id, transfer }: CallRecord): Subject => ({
  status,
  workerCompanyId: 'c_acme',
  offeredTo: transfer?.to ?? null,
  holder: admin_id === null ? null : { adminId: admin_id, companyId: 'c_acme', managerId: 'ava' },
})

const people = ['ava', 'ben', 'cleo'] as const
const acts: Partial<Record<Action, (uid: string) => Act>> = {
  'take-over': takeOver,
  release,
  end: (uid) => end(uid, undefined),
  'set-urgency': (uid) => setUrgency(uid, 'LOW', 'Safe'),
  transfer: (uid) => offer(uid, uid === 'ben' ? 'cleo' : 'ben', NOW + 1),
  'accept-transfer': (uid) => acceptOffer(uid, NOW),
  'decline-transfer': () => dropOffer,
}

test('whatever people do in whatever order, a call has one holder at most, and a new lease for each', () => {
  const step = record({
    uid: constantFrom(...people),
    action: constantFrom(...(Object.keys(acts) as Action[])),
  })
  assert(
    property(array(step, { maxLength: 40 }), (steps) => {
      let call = fresh
      for (const { uid, action } of steps) {
        const viewer = { uid, role: uid === 'ava' ? 'manager' : 'agent', company_id: 'c_acme' } as const
        const act = acts[action]?.(uid)
        if (act === undefined || decideAccess(viewer, subjectOf(call), action) !== 'allow') continue
        const before = call
        call = apply(before, act)
        const isTaken = call.admin_id !== null && call.admin_id !== before.admin_id
        const mayRepeat = decideAccess(viewer, subjectOf(call), action) === 'allow'
        expect({
          takeover: call.takeover,
          holder: isTaken ? call.admin_id : uid,
          repeated: mayRepeat ? apply(call, act) : call,
          // Over is over, and only a call that somebody holds can be on offer.
          afterEnd: before.status === 'ENDED' ? call : before,
          isOfferOfNobody: call.transfer !== undefined && (call.admin_id === null || call.status === 'ENDED'),
        }).toEqual({
          takeover: before.takeover + Number(isTaken),
          holder: uid,
          repeated: call,
          afterEnd: before,
          isOfferOfNobody: false,
        })
      }
    }),
    { numRuns: 500 },
  )
})

describe('a vanished holder', () => {
  const held = {
    ...fresh,
    admin_id: 'ben',
    takeover: 2,
    holder_seen_at: NOW - 90,
    holder_missed_at: NOW - 30,
  }
  const before = { seen: NOW, missed: NOW }
  const lost = apply(held, loseHolder(before))

  test('loses the call under its own lease', () => {
    expect(lost).toMatchObject({
      admin_id: null,
      takeover: 2,
      released: { from: 'ben', takeover: 2, reason: 'holder-lost', at: NOW },
    })
  })

  test.each<[string, Partial<CallRecord>]>([
    ['was seen since', { holder_seen_at: NOW }],
    ['is missed only now', { holder_missed_at: NOW }],
    ['ended the call', { status: 'ENDED' }],
    ['handed it back', { admin_id: null }],
  ])('who %s has not vanished', (_, change) => {
    expect(loseHolder(before)({ ...held, ...change })).toBeNull()
  })

  test('is missed first, once', () => {
    const { holder_missed_at: _, ...unnoticed } = held
    const missed = apply(unnoticed, missHolder(before))
    expect(missed).toMatchObject({ admin_id: 'ben', holder_missed_at: NOW })
    expect([loseHolder(before)(unnoticed), missHolder(before)(missed)]).toEqual([null, null])
  })

  test('is told of once, and under no other lease', () => {
    const told = apply(lost, markTold(2))
    expect(told.released?.told_at).toBe(NOW)
    expect(markTold(2)(told)).toBeNull()
    expect(markTold(1)(lost)).toBeNull()
  })
})

test.each([
  [NOW, { transfer: null }],
  [NOW - 1, null],
])('an offer until now has lapsed at %s: %j', (now, expected) => {
  const offered = { ...fresh, admin_id: 'ben', transfer: { to: 'cleo', by: 'ben', at: 1, lapses_at: NOW } }
  expect(dropLapsedOffer(now)(offered)).toEqual(expected)
  expect(dropLapsedOffer(now)(fresh)).toBeNull()
})
