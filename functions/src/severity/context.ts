import { compilePhrases } from './phrase.ts'
import type { Topic } from './lexicon.ts'

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** What says that something is over, by what it is about; `any`: whatever it was. */
export const RESOLUTIONS = compilePhrases<Topic | 'any'>([
  [
    'fire',
    `
    fire|flames|blaze|smoke ~3 out|extinguished|gone|controlled|stopped|over
    fire|flames|it ~2 under control
    put|putting out ~3 fire|flames
    put ~3 fire|flames ~1 out
    extinguished
    आग ~1 बुझ
    aag ~1 bujh
    fuego|incendio ~2 apagado|controlado|extinguido
    الحريق|النار ~2 اخمد|اخماد|انطفا|انطفات`,
  ],
  [
    'breathing',
    `
    breathing ~1 again|normally|fine|ok|okay|well|now|better|normal
    can ~2 breathe ~1 again|fine|normally|now
    started breathing
    सांस ~2 ले ~1 रहा
    saans ~2 le ~1 raha|rahi
    respira|respirando ~1 otra|nuevo|bien|normal`,
  ],
  [
    'consciousness',
    `
    woke|woken|wake ~2 up|now
    awake|conscious ~1 again|now|and
    came|come|coming ~2 to|round|around
    regained ~1 consciousness
    despierto|desperto|consciente
    hosh ~1 aa|me|mein`,
  ],
  [
    'bleeding',
    `
    bleeding|blood ~3 stopped|under|controlled|over
    stopped ~3 bleeding
    khoon|khun ~1 ruk ~1 gaya
    dejo ~1 de ~1 sangrar`,
  ],
  [
    'gas',
    `
    gas|leak ~3 off|closed|sealed|fixed|stopped|repaired|cleared
    valve ~2 closed|shut`,
  ],
  [
    'trapped',
    `
    got|we|he|she|im|hes|shes|are|am|is|now|been ~2 out|free|freed|rescued
    rescued|freed
    got|pulled|brought|dug|lifted ~2 out`,
  ],
  [
    'water',
    `
    pulled|got|brought|dragged ~3 out|ashore
    rescued`,
  ],
  [
    'violence',
    `
    police ~3 arrested|have|got|took
    arrested|disarmed
    he|she|they|attacker|intruder|man ~2 left|gone`,
  ],
  [
    'any',
    `
    false alarm
    everyone|everybody|all|we|he|she|im ~3 safe|ok|okay|fine|alright
    all clear
    problem ~1 solved|fixed
    falsa alarma
    انذار كاذب`,
  ],
])

/** Doubt or want: what is near these is neither denied nor over. */
export const DOUBTS = setOf(
  `think maybe perhaps probably might may could should would will hope hopefully almost nearly soon until unless if
  pretend seem seems seemed guess supposed trying try wait wrong sure know unsure whether question looks cant not isnt
  arent wasnt never nobody wont doesnt dont didnt couldnt hasnt havent yet going want need please still when kya shayad quizas creo nahi nahin no नहीं नही لا ممكن ربما`,
)

/** Any of these takes back that something is over: it may have begun again. */
export const SETBACKS = compilePhrases([
  [
    'setback',
    `
    no wait
    wait|actually|correction|sorry ~1 no
    started|starting|starts|came|coming|back ~2 again
    stopped ~2 again
    restarted|reignited|worse|relapsed
    not|isnt ~2 really|true|fully
    but|not ~1 anymore
    out of control`,
  ],
])

/** They deny what follows, over these words and no others. */
export const NEGATORS = setOf(
  'no not isnt arent aint wasnt werent never without nobody noone none nothing neither nor dont doesnt didnt hasnt havent hadnt zero sin nadie ningun ninguna لا ليس ليست بدون ما مافي مافيش لم',
)
export const AFTER_NEGATOR = setOf(
  `a an any the is are was were be been being there has have had got get gets getting more longer much active visible sign signs of
  really actively currently anyone anybody one body here or nor on in serious seriously badly injured hurt bleeding fire smoke
  hay hubo ningun ninguna esta estoy ha يوجد توجد هناك اي في يكن fell fallen trapped stuck danger pain gas leak blood major severe
  big real kind sort sense injuries victims threat evidence symptoms loss dizzy attacked`,
)
/** "No he is bleeding" answers; it denies nothing. */
export const ANSWERS = setOf('is are was were has have had am')
/** Negation behind what it denies, as in Hindi. */
export const NEGATORS_BEHIND = setOf('नहीं नही nahi nahin nai mat'.normalize('NFKD').replace(/\u093c/g, ''))
/** Between a cue and a negation behind it. */
export const BEFORE_NEGATOR_BEHIND = setOf(
  'है हैं कोई लगी लगा लग गिरा बह रहा निकल hai koi lagi laga lag bhi gira nikal',
)

/** A plain declaration that all of this is practice; and what makes it less than plain. */
export const DRILLS = compilePhrases([
  [
    'drill',
    `
    this|it|its is|was|just|only|a ~2 drill|exercise|simulation
    this|it is|was|just|only ~2 test|training|practice
    just|only a ~1 test|drill|exercise|practice
    test|drill|training|exercise message|only|call|scenario|alert
    exercise exercise
    drill drill
    esto ~1 es ~2 simulacro|prueba
    yeh|ye ~1 sirf ~1 drill|test
    هذا ~1 تدريب|تمرين`,
  ],
])
export const REAL = compilePhrases([
  [
    'real',
    `
    not|isnt|no|never|wasnt|aint ~2 drill|test|exercise|joke|training|simulation|practice
    real|really|actual|actually|seriously|truly|genuine|genuinely
    but|however|except|until
    now|anymore
    no|not|nahi|nahin ~2 simulacro|drill`,
  ],
])

/** Asked or told of nobody in particular. */
export const IN_GENERAL = compilePhrases([
  [
    'general',
    `
    what|how|who|where ~6 if|when|case ~1 somebody|someone|anybody|anyone|people|worker|person|one|you|we|there|a|an|i
    what if ~1 somebody|someone|anybody|anyone|people|worker|person|one|you|we|there|a|an|i
    in case ~2 somebody|someone|anybody|anyone|of|a
    if anybody|anyone|you|a|ever
    suppose|imagine|hypothetically|scenario
    how|what ~3 prevent|avoid|treat|report|handle
    que ~2 hago|hacer|hacemos ~1 si ~1 alguien`,
  ],
])
/** A person who is there, or this very moment: then it is no general question. */
export const PRESENT = setOf(
  `now he hes she shes they him her my his currently here urgent urgently help hurry quick quickly please ahora abhi अभी الان`,
)

/** Told of the past. */
export const HISTORY = compilePhrases([
  [
    'history',
    `
    last|previous year|years|month|months|week|summer|winter|decade|january|february|march|april|june|july|august|september|october|november|december
    years|months|weeks|decades ago
    year|month|week|decade ago
    in 2015|2016|2017|2018|2019|2020|2021|2022|2023|2024|2025
    when i was ~2 child|kid|young|boy|girl|school
    history of
    as a child|kid
    back in ~2 day|days|school
    el año|mes pasado
    hace ~2 años|meses
    पिछले साल|महीने
    pichle saal|mahine
    العام|السنه|الشهر الماضي|الماضيه
    in|watched|saw ~2 movie|film|novel`,
  ],
])
