import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

/**
 * A model server (`chat/completions`) for a panel, which a test makes slow or unwilling by what it asks: to a question with
 * "[wait]" it answers three people and lets the others wait until {@link PanelModel.release}; it refuses to be whoever is
 * called by a name after "without".
 */
export interface PanelModel {
  /** What the product has to be told to use it. */
  settings: Record<string, string>
  /** Answers whoever waits, and nobody waits from then on. */
  release(): void
  close(): Promise<void>
}

const ANSWERED_AT_ONCE = 3

const Request = z.object({ messages: z.array(z.object({ content: z.string() })) })

export async function startPanelModel(): Promise<PanelModel> {
  const gate = Promise.withResolvers<void>()
  const first = new Set<string>()
  async function answer(prompt: string): Promise<object> {
    if (prompt.includes('You summarize the answers')) return summarize(prompt)
    const name = /full_name: (.+)/.exec(prompt)?.[1] ?? ''
    const question = /<<<\n([\s\S]+?)\n>>>/.exec(prompt)?.[1] ?? ''
    if (question.includes(`without ${name}`)) return { answer: '', claims: [], refused: true }
    // Others ask the model too, such as the summary of a call; what they get is of no use to them.
    if (name !== '' && first.size < ANSWERED_AT_ONCE) first.add(name)
    if (question.includes('[wait]') && !first.has(name)) await gate.promise
    const [, id = '', said = ''] = /\[(\S+)\] \(statement\) (.+)/.exec(prompt) ?? []
    return { answer: said, claims: [{ text: said, fact_ids: [id] }], sentiment: 'neutral' }
  }
  const server = createServer((incoming, response) => {
    void (async () => {
      const { messages } = Request.parse(JSON.parse(await text(incoming)))
      const content = await answer(messages.map((message) => message.content).join('\n'))
      const refusal = 'refused' in content ? 'I will not be this person.' : null
      const message = {
        role: 'assistant',
        content: refusal === null ? JSON.stringify(content) : null,
        refusal,
      }
      response.setHeader('content-type', 'application/json').end(
        JSON.stringify({
          id: 'chatcmpl-1',
          object: 'chat.completion',
          created: 1,
          model: 'panel',
          choices: [{ index: 0, finish_reason: 'stop', message }],
        }),
      )
    })().catch(() => {
      // What is no question of a panel's, or was broken off: the product has to live with that too.
      response.writeHead(500).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    settings: {
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      OPENAI_MODEL: 'panel',
      OPENAI_API_KEY: 'none',
    },
    release: gate.resolve,
    close: async () => {
      gate.resolve()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function summarize(prompt: string): object {
  const ids = [...prompt.matchAll(/^\[(\S+)\]/gm)].map(([, id]) => id)
  const focus = /Write above all about: (.+)/.exec(prompt)?.[1]
  return {
    summary_text: focus === undefined ? 'They want it in writing.' : `This is about ${focus}.`,
    key_insights: [{ text: 'Nobody signs at once.', lead_ids: ids }],
    common_themes: [{ theme: 'in writing', lead_ids: ids.slice(0, 2) }],
  }
}
