import { randomBytes } from 'node:crypto'
import type { LiveServer } from '../conversations/testing/live-server.ts'
import { phonePhoto } from '../media/testing/samples.ts'
import { newProcedureExample } from '../procedures/examples.ts'
import { prospectsOf } from '../prospects/store.ts'
import { responsesOf, sessionDocument } from '../qa/session-store.ts'
import type { StoredAnswer } from '../qa/stored-session.ts'
import { type Ids, MARK } from './ids.ts'

async function seedProspect({ deps }: LiveServer): Promise<Ids> {
  const lead_id = `LEAD-${randomBytes(4).toString('hex')}`
  await prospectsOf(deps.firestore)
    .doc(lead_id)
    .set({
      company_id: 'c_acme',
      lead_id,
      lead_classification: 'warm',
      full_name: `Jo ${MARK}`,
      facts: [{ fact_id: 'F1', kind: 'statement', text: 'I read everything twice.' }],
    })
  return { lead_id }
}

const ANSWER = {
  answer: `Perhaps ${MARK}`,
  confidence_score: null,
  sentiment: 'neutral',
  claims: [],
  facts: [],
  confidence_parts: { retrieval: 0, coverage: 0, agreement: null },
  simulated: true,
  model: 'lifeline-offline',
  composed_offline: true,
} satisfies StoredAnswer

const sessionSeed =
  (state: 'pending' | 'completed') =>
  async (server: LiveServer): Promise<Ids> => {
    const { lead_id = '' } = await seedProspect(server)
    const { firestore } = server.deps
    const { status, body } = await server.post('/api/v1/qa/sessions', server.token('ben', 'agent'), {
      question: `Would you buy this? ${MARK}`,
      prospect_ids: [lead_id],
      image_base64: (await phonePhoto()).toString('base64'),
    })
    if (status !== 200) throw new Error(`the session was refused: ${JSON.stringify(body)}`)
    const session_id = String(body.session_id)
    if (state === 'completed') {
      await responsesOf(firestore, session_id)
        .doc(lead_id)
        .set({
          state: 'answered',
          answer: JSON.stringify(ANSWER),
          measure: JSON.stringify({ within_person: null, controls: [] }),
        })
      await sessionDocument(firestore, session_id).update({ status: state, completed_at: 2_000 })
    }
    return { session_id, lead_id }
  }

async function seedProcedure(server: LiveServer): Promise<Ids> {
  const { status, body } = await server.post('/api/procedures', server.token('ava', 'manager'), {
    ...newProcedureExample,
    title: `Ladders ${MARK}`,
  })
  if (status !== 201) throw new Error(`the procedure was refused: ${JSON.stringify(body)}`)
  return { procedure_id: (body.procedure as { procedure_id: string }).procedure_id }
}

async function seedConversation(server: LiveServer): Promise<Ids> {
  const { status, body } = await server.post('/conversations', server.token('ben', 'agent'), {
    call_type: 'inbound',
    title: MARK,
  })
  if (status !== 201) throw new Error(`the conversation was refused: ${JSON.stringify(body)}`)
  return { conversation_id: String(body.id), admin_id: 'dan' }
}

/** Sessions that ben has asked, with a picture each. */
export const SESSION_SEEDS = {
  'a session under way': sessionSeed('pending'),
  'a session that has ended': sessionSeed('completed'),
}
export const PROSPECT_SEEDS = { 'a prospect': seedProspect }
export const PROCEDURE_SEEDS = { "the company's own procedure": seedProcedure }
/** What ben has made by spec 3 and is no call. */
export const CONVERSATION_SEEDS = { 'a conversation that was made': seedConversation }
