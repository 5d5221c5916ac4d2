import { stemsOf } from './words.ts'

/** Words that speak of the same matter, so that a question about costs finds what somebody said about money. */
const GROUPS = [
  'concern worry fear afraid risk danger anxious nervous trouble problem',
  'price cost money pay payment expensive cheap afford budget premium fee discount worth spend saving income salary earn wage',
  'insurance insurer insure cover coverage policy protection claim',
  'life death die dead funeral widow survive',
  'family child children son daughter wife husband partner mother father parents kids relative',
  'work job occupation career profession employer employee business office shift colleague living',
  'health ill illness sick disease injury hurt doctor hospital disability pain accident',
  'trust honest promise lie truth believe reliable doubt distrust cheat transparent hidden',
  'buy purchase sign contract offer product sell seller choose decide decision compare',
  'advice adviser agent broker help recommend friend neighbour review',
  'online app website phone digital internet computer technology email software',
  'future plan goal retire retirement pension dream hope later',
  'home house flat rent mortgage farm live',
  'time week day hour morning evening weekend routine daily hobby',
  'travel trip drive car bike holiday abroad',
  'religion faith god halal interest belief value',
  'school education degree study learn university',
  'age old young birthday years',
  'married single divorced widowed partnership marital',
  'read terms paper document paragraph page small print letter',
  'like love enjoy favourite prefer',
  'dislike hate annoy angry bother',
]

let groups: Map<string, ReadonlySet<string>[]> | undefined

function byStem(): Map<string, ReadonlySet<string>[]> {
  if (groups !== undefined) return groups
  groups = new Map()
  for (const words of GROUPS) {
    const stems = new Set(words.split(' ').flatMap(stemsOf))
    for (const stem of stems) groups.set(stem, [...(groups.get(stem) ?? []), stems])
  }
  return groups
}

/** Stems of words that speak of the same matter, without the stem itself. */
export function relatedTo(stem: string): ReadonlySet<string> {
  const related = new Set((byStem().get(stem) ?? []).flatMap((group) => [...group]))
  related.delete(stem)
  return related
}
