import type { Meaning } from './lexicon.ts'

/** English: entrapment, water, people, poison, machines, weather, despair. One line a phrase, in the notation of `compilePhrases`. */
export const ENGLISH_DANGER: readonly (readonly [Meaning, string])[] = [
  [
    { topic: 'trapped', urgency: 'CRITICAL' },
    `
    trapped|entrapped
    buried|burried ~3 under|alive|in|rubble|soil|sand|earth
    buried
    pinned|stuck|caught|lying ~3 under|beneath|underneath|between
    stuck|caught ~2 in ~3 machine|conveyor|press|tank|silo|shaft|trench|fire|rubble|hole|pit|mixer|grinder|rollers|belt|smoke|car|cab
    cave|caved in
    roof|wall|ceiling|trench|building|scaffold/ing|tunnel|floor|crane|structure|bridge|shelf|racking ~2 collapsed|collapsing|collapse|came|fell|gave ~1 down|way|on
    roof|wall|ceiling|trench|building|scaffold/ing|tunnel|floor|crane|structure|bridge|racking ~2 collapsed|collapsing|collapse
    cant|cannot|no ~2 get|way|getting ~1 out`,
  ],
  [
    { topic: 'trapped', urgency: 'HIGH' },
    `
    stuck
    pinned
    locked ~1 in|inside
    scaffold/ing|crane|wall|roof ~5 moved|moving|tilting|leaning|shaking|cracking
    stranded`,
  ],
  [
    { topic: 'water', urgency: 'CRITICAL' },
    `
    drown/ed/ing/s
    fell|fallen|falls|swept ~3 water|river|sea|lake|pool|overboard|canal|harbour|harbor|dock
    man|person|overboard ~1 overboard|water
    head|face under|in water
    cant|cannot swim
    overboard|sinking`,
  ],
  [
    { topic: 'water', urgency: 'HIGH' },
    `
    flood/ed/ing
    water ~2 rising|rushing`,
  ],
  [
    { topic: 'violence', urgency: 'CRITICAL' },
    `
    stab/bed/bing/s|stabbed
    shot|shooting|shoot/s|shooter|gunman|gunshot/s|gunfire
    has|have|with|holding|pulled|a|point/ing|waving|got|carrying ~2 knife|gun|pistol|rifle|machete
    armed
    hostage/s|kidnapped|kidnapping|abducted
    attack/ing|beating|strangl/ing|assaulting|hitting|kicking|chasing|following ~1 @me
    attacked|assaulted|beaten|strangled|raped|rape|robbed|robbery
    kill|killing|killed|murder/ed ~1 @me
    someone|somebody|he|she|they|people ~2 killed|murdered
    threat/ening/ened/ens|threatens ~3 kill|shoot|stab|knife|gun|hurt
    active shooter
    intruder
    bomb threat`,
  ],
  [
    { topic: 'violence', urgency: 'HIGH' },
    `
    attack|assault|violent|violence|intruder/s
    threat/s|threatened|threatening|threatens
    fight|fighting|brawl|riot|mob
    hit|punch/ed/ing|kicked|slapped|grabbed|beat ~1 me|us|him|her
    follow/ing/ed|stalking|harass/ing/ed|chas/ing/ed ~1 me|us|her
    breaking|broke|broken ~1 in|into`,
  ],
  [
    { topic: 'brain', urgency: 'CRITICAL' },
    `
    stroke
    face|mouth|smile ~3 droop/ing/s/ed|drooping|crooked
    slurr/ed/ing ~1 speech|words
    speech ~2 slurred
    cant|cannot ~2 speak|talk ~2 properly|clearly
    seizure|convuls/ing/ions/ion|convulsing
    having|had|got ~2 fit|fits|convulsion
    epileptic|epilepsy
    shaking|jerking ~2 uncontrollably|violently`,
  ],
  [
    { topic: 'brain', urgency: 'HIGH' },
    `
    numb|weak ~3 side|arm|face
    cant|cannot ~1 see
    lost ~2 vision|sight
    blind/ed`,
  ],
  [
    { topic: 'poison', urgency: 'CRITICAL' },
    `
    poison/ed/ing
    overdose/d|overdosed
    swallow/ed|drank|drunk|ingested ~4 acid|bleach|chemical|pesticide|solvent|detergent|cleaner|poison|pills|battery|thinner
    took|taken|swallowed ~3 pills|tablets
    acid|chemical|caustic|bleach|lye|cement ~5 eye|eyes|face
    snake ~1 bite|bit`,
  ],
  [
    { topic: 'poison', urgency: 'HIGH' },
    `
    acid|chemical/s|caustic|bleach|solvent|ammonia|mercury ~3 spill/ed|splash/ed|leak/ing|burn/s|skin|hand/s|on|leg/s
    spill/ed|splash/ed|sprayed ~4 acid|chemical/s|caustic|bleach|solvent|mercury
    something ~3 eye|eyes
    bitten|stung
    bee|wasp|scorpion|dog sting/s|bite/s|bit
    exposed|contaminated ~2 to|with|by`,
  ],
  [
    { topic: 'crush', urgency: 'CRITICAL' },
    `
    amputat/ed/ion/e
    sever/ed/ing ~2 @part
    @part ~3 severed|amputated|crushed|off|chopped|ripped|torn
    cut|chopped|sawed|ripped|torn|tore|lost|sliced ~2 @part ~2 off
    lost ~2 @part
    crush/ed/ing/es
    run|ran|runs ~1 over
    hit|struck|crushed|flattened ~2 by ~2 truck|forklift|crane|car|vehicle|train|van|lorry|excavator|digger|bus|loader|beam|load
    dragged|pulled ~2 into ~3 machine|conveyor|press|rollers|mixer
    hand|arm|leg|hair|sleeve|glove|foot|fingers ~3 caught|stuck|trapped|jammed
    degloved|decapitated|mangled`,
  ],
  [
    { topic: 'crush', urgency: 'HIGH' },
    `
    hit|struck ~2 by
    fell|dropped|landed|falling ~1 on|onto ~2 me|him|her|us|head|foot|leg|them
    crash/ed
    accident
    cut ~2 @part|myself|himself|herself|face|badly|deep`,
  ],
  [
    { topic: 'weather', urgency: 'CRITICAL' },
    `
    heat stroke
    heatstroke|sunstroke|hypothermia|hypothermic
    freezing|frozen ~1 to ~1 death
    avalanche|earthquake|landslide|tornado`,
  ],
  [
    { topic: 'weather', urgency: 'HIGH' },
    `
    frostbite|frostbitten|dehydrated|overheat/ed/ing
    heat exhaustion
    stopped|not sweating|shivering
    cant|cannot stop shivering`,
  ],
  [
    { topic: 'suicide', urgency: 'CRITICAL' },
    `
    suicid/e/al
    kill|killing|harm|hurt|hang|hanging ~1 myself|himself|herself|themselves|themself
    end|ending|take|took|taking ~1 my|his|her|own ~1 life
    end it all
    want/s|wanna|ready|going|wish ~1 to ~1 die
    wanna die
    dont|doesnt|not|no ~3 want|reason ~1 to ~1 live|alive|exist
    better off dead
    no ~1 reason to live
    jump|jumping ~2 off|from ~3 @high|bridge
    hanged|hung himself|herself|themself
    self harm/ing`,
  ],
  [
    { topic: 'suicide', urgency: 'HIGH' },
    `
    cant|cannot go on
    give up on life
    no way out
    goodbye forever`,
  ],
  [
    { topic: 'general', urgency: 'CRITICAL' },
    `
    sos|mayday|🆘|s0s
    life|lives ~2 danger|risk
    life threatening`,
  ],
  [
    { topic: 'general', urgency: 'HIGH' },
    `
    emergency|evacuate|evacuating|evacuation
    call|need|send|get ~3 ambulance|paramedic/s|medic|police|firefighters|911|112|999|108|doctor
    ambulance
    badly|seriously|severely|critically|heavily ~1 hurt|injured|wounded|ill|burned
    serious|severe|bad|major ~1 injury|injuries|wound/s|pain
    extreme|terrible|unbearable ~1 pain
    electrocute
    in danger
    hurry
    man|worker|person|men|guard|officer down
    🚨|🚑|☠|🚒`,
  ],
  [
    { topic: 'general', urgency: 'MEDIUM' },
    `
    hurt|hurts|injured|injury|injuries|wounded|wound
    pain|painful
    dizzy|nauseous|vomit/ed/ing|fever|sprained|twisted|faintish
    unsafe|danger|dangerous|scared|afraid|terrified|panic|panicking
    spill/ed|leak/ing/s|spillage
    accident|unwell|sick|lost
    🤕|🤒|🤢|🤮|😵|😱`,
  ],
]
