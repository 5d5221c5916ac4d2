import { type Denial, type Holder, type Viewer, decideBoard, managesHolder } from '../conversations/policy.ts'

/** An alarm, as far as access goes. */
export type AlarmSubject = {
  readonly companyId: string
  readonly audience: 'holder' | 'company'
  /** Who holds the call; null while nobody does. */
  readonly holder: Holder | null
}

/**
 * May this caller see, acknowledge and close this alarm? One answer for all three: an alarm that one may hear and not
 * stop helps nobody. Admins of the company may, once it is for the whole company or while nobody holds the call; until
 * then the holder and their manager. It opens nothing else: the conversation keeps its own rules.
 */
export function decideAlarm(viewer: Viewer, { companyId, audience, holder }: AlarmSubject): 'allow' | Denial {
  const asAdmin = decideBoard(viewer)
  if (asAdmin !== 'allow') return asAdmin
  if (viewer.company_id !== companyId) return 'other-company'
  if (audience === 'company' || holder === null || holder.adminId === viewer.uid) return 'allow'
  return managesHolder(viewer, holder) ? 'allow' : 'held-by-another'
}
