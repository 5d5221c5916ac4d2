import type { Meaning } from './lexicon.ts'

/** English: life signs, wounds, falls, fire and gas. One line a phrase, in the notation of `compilePhrases`. */
export const ENGLISH_HARM: readonly (readonly [Meaning, string])[] = [
  [
    { topic: 'breathing', urgency: 'CRITICAL' },
    `
    @not|doesnt|dont|hasnt|barely|hardly|scarcely|nobody|noone ~1 breathing|breathe|breathes|breath
    @cant|cnt ~2 breathe|breath|breathing
    @stops ~1 breathing|breathe
    no|without breathing|breath|respiration|air
    breathing|breath ~2 stopped|stops|stopping
    breathing ~1 isnt|not normal|normally
    not able to breathe
    struggling|fighting ~2 breathe|breath|air
    chok/e/es/ed/ing
    suffocat/e/es/ed/ing
    asphyxiat/ed/ing
    gasp/ing/s|gasping
    turning|turned|going|lips|face ~1 blue
    throat ~3 clos/ing/ed|closing|swelling|swollen
    anaphylaxis|anaphylactic
    airway ~2 blocked|closed|obstructed
    stopped cpr|breathing`,
  ],
  [
    { topic: 'breathing', urgency: 'HIGH' },
    `
    trouble|difficulty|difficult|hard|problem/s|struggle/s/d ~2 breathing|breathe
    short|shortness of breath
    out of breath
    asthma|wheezing|hyperventilating
    breathing ~2 badly|fast|heavy|shallow|difficult|hard
    allergic|allergy ~1 reaction|shock`,
  ],
  [
    { topic: 'consciousness', urgency: 'CRITICAL' },
    `
    unconscious|unresponsive|unconcious|comatose
    @not|isnt ~1 conscious|responsive|awake|waking
    @not|doesnt|dont|wont|isnt|no|without|stopped ~1 respond/s/ing|response|react/s/ing
    @person ~2 not|isnt|doesnt|cant ~1 moving
    wont|doesnt|cant|cannot|not ~3 wake|waking ~1 up
    lost|losing|loses ~1 consciousness
    pass/ed/es/ing|black/ed/ing|knocked ~1 out
    lifeless|motionless`,
  ],
  [
    { topic: 'consciousness', urgency: 'HIGH' },
    `
    faint/ed/s/ing
    collapsed|collapses|collapsing|collapse
    about|going to faint
    confused ~4 disoriented|vomiting
    hit|hurt|banged|injured|struck ~2 head
    head ~1 injury|wound|trauma
    concussion`,
  ],
  [
    { topic: 'heart', urgency: 'CRITICAL' },
    `
    no|without|find|not|doesnt|dont|hasnt ~3 pulse|heartbeat
    heart ~1 attack|stopped|failure
    cardiac
    doing|need|needs|start|started|giving|give ~1 cpr
    defibrillator|aed
    is|are|hes|shes|was|theyre ~1 dying
    im|i|am|we|were|gonna|going|will|might ~2 die|dying
    he|hes|she|shes|they|theyre|is|are|looks ~2 dead
    let ~1 die
    no signs of life`,
  ],
  [
    { topic: 'heart', urgency: 'HIGH' },
    `
    chest ~3 pain/s|hurt/s/ing|tight|tightness|pressure|burning
    pain/s|pressure|tightness ~3 chest
    heart ~2 racing|pounding|hurts|irregular`,
  ],
  [
    { topic: 'bleeding', urgency: 'CRITICAL' },
    `
    bleed/ing/s ~3 heavily|badly|profusely|lot|bad|out|death|severely|uncontrollably|everywhere|fast|neck|head|mouth|ears|artery
    heavy|heavily|severe|severely|massive|badly|profusely|serious|internal ~1 bleeding|bleed|blood|hemorrhage
    cant|cannot|wont|doesnt|not|couldnt ~1 stop/ping ~2 bleeding|blood
    bleeding ~1 wont|doesnt|not|isnt|cant ~1 stop/ping
    bleeding ~3 cannot be stopped
    blood ~2 everywhere|gushing|spurting|pouring|squirting
    gush/ing|spurt/ing|pouring|lot|lots|lost|losing|pool ~3 blood
    hemorrhage|haemorrhage|hemorrhaging
    artery|arterial
    slit ~2 throat|wrist/s`,
  ],
  [
    { topic: 'bleeding', urgency: 'HIGH' },
    `
    bleed/ing/s|bled
    blood
    deep ~1 cut|wound|gash
    impaled|gash/ed
    🩸`,
  ],
  [
    { topic: 'fall', urgency: 'CRITICAL' },
    `
    @fell ~1 from|off|down ~4 @high
    @fell ~1 into|in|down|through ~3 @below|roof|skylight|floor|hatch
    @fell ~5 @metres
    hanging ~4 rope|harness|scaffold|ladder|roof
    broken|broke ~2 neck|spine|skull
    cant|cannot|no ~3 feel|feeling ~3 legs|leg|feet|arms
    paralysed|paralyzed`,
  ],
  [
    { topic: 'fall', urgency: 'HIGH' },
    `
    fell|fallen|falls|falling
    fall|slip/ped|tumbled ~2 down|from|off|over|badly|stairs
    had|bad|nasty ~2 fall
    broke|broken|fractured|breaking|snapped|dislocated ~2 @body
    fracture/d
    cant|cannot|unable ~2 move|walk|stand|feel
    spine|spinal`,
  ],
  [
    { topic: 'power', urgency: 'CRITICAL' },
    `
    electrocuted|electrocution|electrocut/ing
    shocked ~3 line|wire|cable|electricity|volts|panel|current|voltage
    touched|hit|touching|holding|grabbed ~3 live|power|high ~2 wire|cable|line|voltage
    stuck|frozen ~2 live|cable|wire
    arc flash
    struck|hit by lightning`,
  ],
  [
    { topic: 'power', urgency: 'HIGH' },
    `
    electric|electrical|electricity ~2 shock|shocked|burn
    live ~1 wire|cable|conductor|line
    got|gets|been|was ~1 shocked|zapped|shock
    power line/s ~2 down
    exposed|sparking ~2 wire/s|cable/s|panel`,
  ],
  [
    { topic: 'fire', urgency: 'CRITICAL' },
    `
    on fire
    fire|flames|blaze|smoke ~2 out of control
    is|are|was|shop|wood|everything ablaze
    there|theres ~3 fire|flames
    big|huge|large|spreading|massive|serious ~1 fire|blaze|flames
    fire|flames ~3 spread/ing|everywhere|growing|bigger|again
    fire ~2 in|at|inside|near ~3 @place
    @place ~2 burning|flames|ablaze
    caught|catching|catches|started|broken ~1 fire
    fire ~1 broke|broken out
    fire fire
    explosion|explosions|exploded|explode/s|exploding|blast
    blew|blown up
    flashover
    flames ~2 from|out
    burning|burned|burnt ~2 alive
    surrounded|blocked ~2 fire|flames|smoke
    full|filled|filling ~2 smoke`,
  ],
  [
    { topic: 'fire', urgency: 'HIGH' },
    `
    fire/s|flames|blaze|inferno
    smoke|smoking|burning ~3 from|out|coming|smell|thick|black|room|everywhere|inhaled
    smell/s|smelling|see|seeing|thick|black|lots|inhaled|much|inhalation|breathed ~3 smoke|burning
    smoke inhalation
    burn/ed/t/s ~3 @body|face|skin|chest|eyes|body|himself|herself|myself|badly|hands
    third|second|severe|bad|serious ~1 degree|burn/s
    hot oil|steam|metal ~4 on
    scalded|scalding
    bomb
    🔥|💥|💣`,
  ],
  [
    { topic: 'fire', urgency: 'MEDIUM' },
    `
    fire|smoke ~1 alarm|alarms|detector ~3 ring/ing|going|went|sound/ing|beeping|off|on
    smoke
    burned|burnt|burns
    sparks`,
  ],
  [
    { topic: 'gas', urgency: 'CRITICAL' },
    `
    gas|ammonia|chlorine|lpg|methane|h2s|hydrogen|propane|carbon|monoxide ~4 leak/ing/s/ed|leakage|escaping|release/d|hissing
    leak/ing/s|leakage|release/d|escaping ~3 gas|ammonia|chlorine|lpg|methane|h2s
    gassed
    carbon monoxide
    oxygen ~2 low|alarm|dropping|out
    no|low|without ~1 oxygen`,
  ],
  [
    { topic: 'gas', urgency: 'HIGH' },
    `
    smell/s|smelling|odor|odour ~3 gas|ammonia|chlorine
    gas ~2 smell|odor|everywhere|alarm
    fumes|vapours|vapors
    toxic|poisonous|chlorine|ammonia ~1 gas|smoke|cloud|air`,
  ],
]
