import type { Urgency } from '../calls/schema.ts'

/** What a cue is about, so that "the fire is out" takes back a fire and nothing else. */
export type Topic =
  | 'breathing'
  | 'consciousness'
  | 'heart'
  | 'bleeding'
  | 'fall'
  | 'power'
  | 'fire'
  | 'gas'
  | 'trapped'
  | 'water'
  | 'violence'
  | 'brain'
  | 'poison'
  | 'crush'
  | 'weather'
  | 'suicide'
  | 'general'

export interface Meaning {
  readonly topic: Topic
  readonly urgency: Urgency
}

/** Words that stand for each other, by `@name` in the phrases. */
export const LISTS: Readonly<Record<string, string>> = {
  not: 'not isnt aint arent wasnt werent never',
  cant: 'cant cannot couldnt unable',
  stops: 'stop/ped/s/ping',
  part: 'finger/s thumb/s hand/s arm/s leg/s foot feet toe/s limb/s wrist',
  body: 'arm/s leg/s foot feet ankle wrist rib/s bone/s neck back hip knee skull hand finger/s shoulder',
  fell: 'fell fall/s/en/ing falling slip/ped/s tumbled dropped',
  high: 'roof scaffold/ing/s ladder/s height/s platform crane mast tower balcony floor storey story stairs staircase beam truck window tree pole girder',
  person:
    'he hes she shes they theyre him her colleague coworker man woman worker driver guard boy friend person guy victim',
  below: 'pit shaft trench hole tank silo well hoist manhole ditch',
  metres: 'm meter/s metre/s feet ft floor/s storey/s stories',
  weapon: 'knife gun weapon/s pistol rifle machete axe hammer',
  me: 'me us him her them someone somebody people everyone colleague coworker guard driver',
  place:
    'warehouse building office kitchen workshop factory plant room basement roof floor store storage container cabin truck van forklift machine engine pump panel generator tank mine tunnel site yard hall lab',
}
