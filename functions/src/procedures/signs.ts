import { signOf } from './concepts.ts'

/**
 * What tells of our procedures besides their keywords: kinds of words that stand near each other. A company's own wording of
 * one of ours is found by the same; a procedure all its own has its keywords.
 */
const SIGNS: Readonly<Record<string, string>> = {
  'severe-bleeding':
    'sharp+limb sharp+trunk sharp+face cut+limb cut+trunk cut+face sharp+cut gone+digit bleed+limb bleed+trunk bleed+face bleed+pour bleed+head',
  'not-breathing': 'none+breath none+pulse pale+chest pale+breath pale+limp none+chest',
  unconscious: 'out+limp',
  choking: 'meal+stuckin airway+stuckin meal+airway',
  drowning: 'water+under',
  'fall-suspension': 'fall+height fall+ground',
  'crush-trapped':
    'heavy+limb heavy+trunk crush+limb crush+trunk heavy+crush earth+cave earth+crush earth+trunk earth+limb',
  'machine-entanglement': 'machine+limb machine+pulled machine+garment garment+pulled',
  fracture: 'limb+bent bone+bent limb+swell bone+swell',
  'head-injury': 'head+hit head+heavy head+fall',
  'road-accident': 'vehicle+crash vehicle+hit',
  'fire-smoke': 'building+burn stuff+burn building+smoke smoke+black smoke+fill building+black',
  burns:
    'hot+limb hot+trunk hot+face hotthing+limb hotthing+trunk hotthing+face scald+limb scald+trunk scald+face burn+limb burn+trunk burn+face',
  'electric-shock': 'electric+shock electric+limb electric+trunk',
  'chemical-splash': 'chemical+limb chemical+trunk chemical+face chemical+eye chemical+splash splash+eye',
  'gas-leak': 'gas+leak gas+vessel vessel+leak rotten+leak',
  'confined-space': 'space+out space+enter',
  'heat-stroke': 'sun+sick',
  hypothermia: 'cold+shiver cold+limb',
  'chest-pain': 'chest+pain',
  stroke: 'face+weak speech+trouble oneside+weak oneside+face',
  seizure: 'jerk+fitsign',
  'allergic-reaction': 'food+swell face+swell food+airway eye+swell',
  poisoning: 'swallow+poison swallow+chemical sick+poison',
  'bite-sting': 'animal+bite animal+limb animal+trunk',
  violence: 'aggressor+weapon aggressor+attack weapon+attack',
  panic: 'fear+fearsign',
  'lost-alone': 'way+lost vehicle+broke',
}

export const signsOf = (procedureId: string): string[] =>
  (SIGNS[procedureId] ?? '').split(' ').flatMap((pair) => {
    const [one, other] = pair.split('+')
    return one === undefined || other === undefined ? [] : signOf(one, other)
  })
