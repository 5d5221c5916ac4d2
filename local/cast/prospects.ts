import { ingrid, lin, priya } from './prospects/calculators.ts'
import { aisha, grace, nadia } from './prospects/families.ts'
import { type Prospect, prospectOf } from './prospects/person.ts'
import { dmitri, margaret, walter } from './prospects/sceptics.ts'
import { ethan, samuel, tomas } from './prospects/workers.ts'

const people = [nadia, walter, priya, tomas, grace, ethan, lin, margaret, samuel, ingrid, dmitri, aisha]

/** `prospects/{lead_id}`: `LEAD-1001` … `LEAD-1012` of Acme, twelve people who differ in what they believe, fear and earn. */
export const prospects: readonly Prospect[] = people.map((person, index) =>
  prospectOf(`LEAD-${1001 + index}`, 'c_acme', person),
)
