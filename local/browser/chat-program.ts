import { DEMO_PASSWORD } from '../cast/cast.ts'

export interface ChatBatch {
  conversation_id: string
  user_id: string
  messages: readonly { content: string; timestamp: string; metadata?: object }[]
}

/** A company's program, which stores what people say in chats under the account of somebody who works there. */
export async function openProgram(origin: string, email: string) {
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`)
    return (await response.json()) as Record<string, unknown>
  }
  const { access_token } = await post('/api/auth/login', { email, password: DEMO_PASSWORD })
  return {
    store: async (batch: ChatBatch): Promise<void> => {
      await post('/chats', batch, { authorization: `Bearer ${String(access_token)}` })
    },
  }
}
