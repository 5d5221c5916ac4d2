import { z } from 'zod'

import type { Namespace } from '../namespace.ts'
import { compileRules } from '../rules/compile.ts'
import { RulesError } from '../rules/rules-error.ts'
import { rulesToJson } from '../rules/source.ts'
import { parseJson } from './body.ts'
import { jsonReply } from './reply.ts'
import type { Reply } from './reply.ts'
import { RestError } from './rest-error.ts'
import type { RestRequest } from './rest-request.ts'

/** What a namespace without uploaded rules answers. */
const openRulesSource = '{\n  "rules": {\n    ".read": true,\n    ".write": true\n  }\n}\n'

/** The rules as they were uploaded; as plain JSON, without comments, for `format=strict`. */
export function readRules({ parameters }: RestRequest, namespace: Namespace): Reply {
  const source = namespace.rulesSource ?? openRulesSource
  return {
    status: 200,
    body: parameters.get('format') === 'strict' ? JSON.stringify(rulesToJson(source)) : source,
  }
}

/** Puts uploaded rules in force at once, for the open listens too. @throws {RestError} 400 naming what is wrong. */
export function writeRules(namespace: Namespace, source: string): Reply {
  try {
    namespace.setRules(compileRules(source), source)
  } catch (error) {
    if (error instanceof RulesError) throw new RestError(400, error.message)
    throw error
  }
  return jsonReply(200, { status: 'ok' })
}

const FunctionTrigger = z.object({
  name: z.string().min(1),
  path: z.string(),
  event: z.string().min(1),
  topic: z.string(),
  namespacePattern: z.string().optional(),
})

/**
 * Acknowledges the trigger that a functions emulator announces. Triggers are found at the functions emulator itself,
 * which knows of later changes too (protocol notes, section 8), so nothing has to be kept.
 * @throws {RestError} 400 for anything that is no trigger.
 */
export function acknowledgeTrigger(body: string): Reply {
  if (!FunctionTrigger.safeParse(parseJson(body)).success) {
    throw new RestError(400, 'A trigger needs name, path, event and topic')
  }
  return jsonReply(200, { status: 'ok' })
}
