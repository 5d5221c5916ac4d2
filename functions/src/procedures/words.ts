import { isEnglishWord, stemOf } from '../models/offline/language.ts'
import { foldWord, wordsOf } from '../search/words.ts'

const listed = (words: string): ReadonlySet<string> =>
  new Set(words.split(/\s+/).filter(Boolean).map(foldWord))

/** Words that say nothing of what has happened, in the languages of our keywords. */
const EMPTY = listed(`
  i im me my mine we us our you your he hes him his she her it its they them their a an the this that these those
  is am are was were be been being have has had having do does did doing will would shall should can could may might must
  of to in on at by for from with into onto up down out off over and or but so if then than as there here very really just now
  please pls plz help helping what which who how when where why some someone somebody something one two
  friend friends colleague coworker worker man guy woman person people boss brother sir madam hello hi hey
  after before maybe perhaps got get gets getting go going need urgent urgently think still ok okay thanks thank yes all any also too more much many like
  hai hain ho hua hui hue gaya gayi gaye gya gyi raha rahi rahe rha rhi le li ka ki ke ko se mein main mera meri mere uska uski unka mujhe usko
  bhai ne par pe aur kya kaise kare karna karo karu kar koi ek yahan wahan abhi bahut bohot bahot jaldi madad dost
  है हैं हो हुआ हुई गया गई गए रहा रही रहे ले का की के को से में मैं मेरा मेरी मेरे उसका उसकी मुझे उसको भाई ने पर और क्या कैसे
  करें करूं करो कोई एक यहां यहाँ वहां अभी बहुत जल्दी मदद दोस्त कृपया
  el la los las un una de del en y o que se mi su le lo por para con hay esta estan es muy mucho mucha ayuda favor
  companero companera amigo alguien aqui
  في من على عليه عن هو هي هناك يا و الى إلى انا أنا مع زميلي صديقي ساعدوني النجدة
`)

/** They turn the word behind them round; told by one of them. */
const NEGATORS = listed(
  'not no cannot cant dont doesnt didnt isnt arent wasnt wont couldnt without nobody never sin لا ما لم مش',
)
/** These the word before them. */
const NEGATORS_BEHIND = listed('nahi nahin nai nhi नहीं नही')
export const NOT = 'not'
export const NOT_BEHIND = 'nahi'

const LATIN = /^[a-z]+$/
const ARABIC_ARTICLE = /^(?:ال|لل)(?=\p{L}{3})/u

/** Empty by themselves, but they change what a verb says: somebody who is pulled in is not pulled out. */
const PARTICLES = listed('in on out off over up down into onto through under')

export const isParticle = (word: string): boolean => PARTICLES.has(word)

/**
 * A text as its words are compared: folded, without empty ones, stems where it is Latin, one word for each denial.
 *
 * @param keepsParticles for what is said by a verb and its particle together
 */
export function contentWords(text: string, keepsParticles = false): string[] {
  return wordsOf(text, 'query').flatMap(({ term }) => {
    if (NEGATORS.has(term)) return NOT
    if (NEGATORS_BEHIND.has(term)) return NOT_BEHIND
    if (keepsParticles && PARTICLES.has(term)) return term
    if (EMPTY.has(term)) return []
    return LATIN.test(term) ? stemmed(term) : term.replace(ARABIC_ARTICLE, '')
  })
}

/** "harness" would be left as "har", which is a word of its own in Hindi. */
function stemmed(word: string): string {
  const stem = stemOf(word)
  return stem.length < 4 && word.length - stem.length > 3 ? word : stem
}

/** What of a text is spelled right, as it is compared: it is not taken for another word. */
export const spelledRight = (text: string): string[] =>
  wordsOf(text, 'query').flatMap(({ term }) => (LATIN.test(term) && isEnglishWord(term) ? stemmed(term) : []))

export const isDenial = (word: string): boolean => word === NOT || word === NOT_BEHIND

/** Two words in a row as one term. */
export const pairOf = (first: string, second: string): string => `${first}_${second}`

/** Each two words in a row of a text, with and without the particles between them. */
export function pairsOf(text: string): string[] {
  const pairs = [false, true].flatMap((keepsParticles) => {
    const words = contentWords(text, keepsParticles)
    return words.slice(1).map((word, at) => pairOf(words[at] ?? '', word))
  })
  return [...new Set(pairs)]
}

/** What a text is found by: its words, and each two in a row, since "not breathing" is more than its parts. */
export const termsOf = (text: string): string[] => [
  ...contentWords(text).filter((word) => !isDenial(word)),
  ...pairsOf(text),
]

/** The same two words the other way round: an ankle that is twisted, and "twisted ankle". */
export function turned(pair: string): string {
  const [first = '', second = ''] = pair.split('_')
  return isDenial(first) || isDenial(second) ? pair : pairOf(second, first)
}
