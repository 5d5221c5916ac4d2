import type { DetailsSlot } from './details-section.tsx'
import { ExportSection } from './export-section.tsx'
import { MediaSection } from './media-section.tsx'
import { PlaceSection } from './place-section.tsx'
import { ReadersSection } from './readers-section.tsx'
import { SeenSection } from './seen-section.tsx'
import { SummarySection } from './summary-section.tsx'
import { TimelineSection } from './timeline-section.tsx'
import { UrgencySection } from './urgency-section.tsx'
import { WorkerSection } from './worker-section.tsx'

/** The parts of the details in the order in which they stand. Each draws a `DetailsSection`, or nothing. */
export const DETAILS_SECTIONS: readonly { id: string; Section: DetailsSlot }[] = [
  { id: 'summary', Section: SummarySection },
  { id: 'urgency', Section: UrgencySection },
  { id: 'worker', Section: WorkerSection },
  { id: 'place', Section: PlaceSection },
  { id: 'media', Section: MediaSection },
  { id: 'timeline', Section: TimelineSection },
  { id: 'seen', Section: SeenSection },
  { id: 'readers', Section: ReadersSection },
  { id: 'export', Section: ExportSection },
]
