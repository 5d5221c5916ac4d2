import type { DetailsSlot } from './details-section.tsx'
import { MediaSection, PlaceSection } from './media-section.tsx'
import { SeenSection } from './seen-section.tsx'
import { SummarySection } from './summary-section.tsx'
import { UrgencySection } from './urgency-section.tsx'
import { WorkerSection } from './worker-section.tsx'

/** The parts of the details in the order in which they stand. Each draws a `DetailsSection`, or nothing. */
export const DETAILS_SECTIONS: readonly { id: string; Section: DetailsSlot }[] = [
  { id: 'summary', Section: SummarySection },
  { id: 'urgency', Section: UrgencySection },
  { id: 'worker', Section: WorkerSection },
  { id: 'place', Section: PlaceSection },
  { id: 'media', Section: MediaSection },
  { id: 'seen', Section: SeenSection },
]
