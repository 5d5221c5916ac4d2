import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { StoredTemplate, type Template, TemplateStage } from './schema.ts'
import { STANDARD_TEMPLATES } from './standard-templates.ts'

/** Of a company's own; more than anybody could choose from in an emergency. */
const MAX_OWN = 200
/** Between the places of ours, so that a company's own fit in. */
const STEP = 10
const TIMEOUT_MS = 10_000

/**
 * The standing phrases of a company, in the order of the conversation: ours, with the company's own beside or in place
 * of them. One that cannot be read is left out, and ours of that id stands.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function listTemplates(
  { firestore, clock, log }: Pick<Deps, 'firestore' | 'clock' | 'log'>,
  companyId: string,
): Promise<Template[]> {
  const known = new Map(
    STANDARD_TEMPLATES.map((template, index) => [
      template.template_id,
      { template, position: (index + 1) * STEP },
    ]),
  )
  const own = firestore.collection(`companies/${companyId}/templates`).limit(MAX_OWN)
  const { docs } = await withTimeout(own.get(), TIMEOUT_MS, clock).catch((error: unknown) => {
    throw unavailable(error)
  })
  for (const document of docs) {
    const stored = StoredTemplate.safeParse(document.data())
    if (!stored.success || !Id.safeParse(document.id).success) {
      log.warn({ companyId, templateId: document.id.slice(0, 128) }, 'malformed template left out')
    } else if (stored.data.hidden) known.delete(document.id)
    else {
      const { stage, title, text, position } = stored.data
      const template: Template = { template_id: document.id, stage, title, text, origin: 'company' }
      known.set(document.id, { template, position })
    }
  }
  const stages = TemplateStage.options
  return [...known.values()]
    .toSorted(
      (a, b) =>
        stages.indexOf(a.template.stage) - stages.indexOf(b.template.stage) ||
        a.position - b.position ||
        (a.template.template_id < b.template.template_id ? -1 : 1),
    )
    .map(({ template }) => template)
}
