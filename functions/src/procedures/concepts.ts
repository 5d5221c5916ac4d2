import { contentWords, isDenial } from './words.ts'

/**
 * Words that stand for the same kind of thing where it matters to safety: whatever cuts, whatever part of the body is hurt.
 * Nobody can list as keywords all that cuts with all that is cut; two kinds that stand near each other say it (`signs.ts`).
 * English; irregular forms are given, regular ones share a stem.
 */
const KINDS: Readonly<Record<string, string>> = {
  limb: 'arm hand wrist elbow shoulder forearm palm leg foot feet knee ankle thigh calf shin hip heel toe finger thumb fingertip knuckle fist bicep lap waist instep sole',
  digit: 'finger thumb toe fingertip hand arm leg foot ear nose',
  trunk:
    'neck throat back belly stomach abdomen chest rib groin buttock armpit skin body scalp torso buttocks pelvis',
  face: 'face cheek mouth lip jaw chin nose forehead ear tongue smile eyelid',
  eye: 'eye eyelid eyeball cornea eyebrow',
  head: 'head skull temple forehead scalp crown',
  bone: 'bone joint collarbone rib kneecap shin spine vertebra shinbone pelvis hip skeleton',
  airway: 'throat windpipe airway neck',
  sharp:
    'glass knife blade saw chainsaw nail needle screwdriver chisel scissor razor shard splinter spike cutter grinder machete axe hatchet sickle rebar screw hook barb tin edge shrapnel pane can lid sheet scalpel rod arrow dart scythe pliers jigsaw',
  cut: 'cut slice slash stab gash pierce puncture impale rip tear tore torn lacerate sever amputate chop hack slit cleave open penetrate gouge nick spear',
  gone: 'gone off lost missing severed amputated hanging detached cut sliced took',
  bleed: 'bleed bled blood gush spurt bloody',
  pour: 'pour gush spurt stream squirt everywhere lot soak pool puddle heavily',
  fall: 'fall fell fallen slip trip tumble drop plunge land jump came step topple stumble tip slid',
  height:
    'ladder roof scaffold scaffolding storey story floors balcony platform tower crane mast pole ledge stair stairs staircase gantry rooftop attic bridge parapet girder mezzanine gutter tree height edge dock window hatch lift stack loft stepladder trestle',
  ground: 'ground concrete pavement asphalt tarmac gravel',
  heavy:
    'beam wall pallet forklift brick stone rock crate container slab pipe load girder shelf rack boulder log timber barrel drum ceiling block sack cabinet truck lorry tractor digger excavator cart bale plank tile hammer roll coil steel plate casting engine trolley jack column pillar mast wheel tyre bus van car tree trunk safe scaffolding',
  crush: 'crush pin trap bury buried squash stuck wedge flatten roll rolled',
  earth:
    'soil trench sand earth mud excavation ditch rubble debris gravel landslide dirt clay avalanche embankment dune ceiling mine',
  cave: 'cave collapse slide slid bury buried fall fell fallen give gave slip',
  machine:
    'machine conveyor roller press lathe spindle gear belt mixer grinder shredder chain pulley winch drill auger baler sprocket crusher mill shaft propeller mincer slicer fan motor saw rotor turbine blender bandsaw loom extruder escalator',
  pulled:
    'caught catch pull drag drawn stuck wrap wound jam tangle suck grab snag inside trap grip seize draw feed chew',
  garment:
    'sleeve glove hair shirt jacket scarf cloth clothes clothing beard coat apron lace necktie tie hood lanyard bracelet ring ponytail dress skirt trouser trousers',
  bent: 'bend bent crooked deform angle wrong snap crack broke broken break fracture dislocate shatter poke stick protrude popped misshapen disfigure',
  swell: 'swell swollen swelling puff bulge puffy bloat bruise fat purple',
  hit: 'hit struck strike bang bash knock blow bump slam smash kick beat',
  vehicle:
    'car truck lorry van bus bike motorbike motorcycle scooter moped tractor tanker trailer taxi jeep vehicle pickup minibus auto rickshaw tram coach cyclist bicycle driver pedestrian biker motorcyclist rider wagon',
  crash:
    'crash collide collision overturn skid rollover hit run ram flip swerve overturned ditch spun roll wreck smash',
  building:
    'building house warehouse office hall factory room shed store workshop plant corridor kitchen barn garage canteen basement apartment hotel shop roof hut tent depot attic bakery ward mill loft stairwell school cabin wall',
  stuff:
    'battery rack bin pile engine car truck lorry van bus machine curtain waste paper cardboard wood pallet container generator transformer panel motor field forest grass bush tyre fuel oven sofa bed mattress carpet ceiling rag oil pan grease dustbin skip stove cooker',
  burn: 'burn blaze flame alight ignite fire burnt ablaze',
  smoke: 'smoke smoky fume soot haze smoulder smolder',
  black: 'black thick dense dark grey choking',
  fill: 'fill everywhere spread coming under',
  hot: 'hot boil steam molten scald scorch sizzling red glow scalding fiery',
  hotthing:
    'steam soup tea coffee tar wax stove oven iron kettle fryer exhaust radiator bitumen solder flare boiler grill torch welding oil fat pan pot flame lighter cigarette asphalt sauce',
  scald: 'scald blister scorch sear singe burn burnt',
  electric:
    'wire cable socket plug current voltage volt electric electricity power mains switch fuse transformer lightning live generator breaker panel circuit line fusebox outlet pylon wiring appliance box',
  shock: 'shock jolt electrocute zap throw thrown threw tingle stick stuck hit struck touch grab shake fry',
  chemical:
    'acid bleach caustic lye ammonia chlorine cement lime solvent thinner cleaner detergent pesticide herbicide fertiliser petrol diesel kerosene chemical alkali peroxide descaler degreaser hydrochloric sulphuric disinfectant resin epoxy brine soda turpentine paint varnish antifreeze polish spray weedkiller insecticide ether formaldehyde mortar plaster',
  splash: 'splash spill spurt squirt spray drip spatter flew pour sting burn itch jet',
  swallow: 'swallow drink drank drunk eat ate ingest sip gulp sniff mistake mistook juice',
  gas: 'gas lpg propane methane butane chlorine ammonia hydrogen sulphide refrigerant refrigeration coolant nitrogen helium',
  leak: 'leak hiss escape smell stink burst rupture reek whistle vent seep cough',
  vessel: 'cylinder bottle pipe valve hose boiler tank pipeline regulator canister main stove',
  rotten: 'rotten egg eggs sulphur',
  space:
    'tank silo bin pit manhole sewer vessel vat hopper culvert tunnel chamber well shaft bunker hold digester sump duct crawlspace septic slurry cistern trench cellar hull container cesspit',
  enter: 'enter climb descend crawl inside into down lower',
  out: 'faint collapse unconscious unresponsive dropped answer respond silent wake quiet reply pass limp dizzy slump neither',
  breath: 'breath breathing breathe breathless air respiration',
  pulse: 'pulse heartbeat heart',
  none: 'stop absent without',
  pale: 'blue grey pale purple white',
  limp: 'limp lifeless motionless',
  cold: 'cold freeze froze frozen ice icy snow frost freezer chill soak wet rain coldroom minus winter degrees blizzard soaked',
  shiver: 'shiver numb stiff blue tremble white toe drowsy',
  sun: 'sun heat hot sunshine summer greenhouse furnace roofing temperature asphalt harvest boiler midday',
  sick: 'dizzy headache nausea vomit vomiting confuse faint weak cramp sweat nonsense delirious giddy sick throw puke double tired',
  chest: 'chest breastbone sternum heart',
  pain: 'pain hurt ache squeeze pressure tight tightness crush heavy burning stab sore tighten grip elephant vice weight sit stabbing',
  leftarm: 'left jaw',
  weak: 'weak numb droop paralyse paralyze crooked hang sag limp tingling lopsided slack',
  speech: 'speak speech talk word words slur mumble say voice sentence',
  trouble: 'slur mumble jumble funny strange weird nonsense properly garbled gibberish babble',
  oneside: 'side half',
  jerk: 'jerk twitch convulse shake shaking stiffen spasm thrash tremor stiff rigid',
  fitsign:
    'body tongue eyes rolled roll floor foam froth whole uncontrollable uncontrollably all leg arm eye mouth',
  food: 'nut nuts peanut shrimp prawn fish egg milk shellfish sesame wheat soy strawberry seafood crab almond cashew medicine antibiotic penicillin pill injection bee wasp sting latex honey mango kiwi mustard lupin vaccine',
  animal:
    'dog cat rat monkey snake bee wasp hornet scorpion spider insect horse pig cow bull boar viper cobra jellyfish centipede tick ant bat fox leopard hound puppy mosquito donkey goat crocodile lizard',
  bite: 'bite bit bitten sting stung tear tore attack maul gore scratch nip',
  meal: 'food meat bread sweet candy bone grape sandwich apple piece rice chunk steak lump lunch dinner pill coin carrot',
  stuckin: 'stuck lodge block wrong clutch choke swallow cough gag purple blue',
  water:
    'river canal lake sea pond reservoir water pool dam quay dock harbour harbor flood stream channel basin lagoon boat ship ferry kayak canoe raft jetty shore tide',
  under:
    'under sink sank drown swim float surface swept overboard drift submerge disappear fell fall fallen capsize',
  aggressor:
    'man guy men customer stranger drunk boy gang intruder husband somebody someone people driver passenger client visitor thief robber teenager',
  attack:
    'attack threaten threat swing punch hit beat shout scream chase follow grab push harass yell stalk shoot rob kick pull draw wave',
  weapon:
    'knife gun pistol bottle bat machete stick weapon iron axe rifle hammer blade crowbar screwdriver club razor',
  fear: 'scare scared afraid terrified panic fear anxious nervous calm dread frightened hyperventilate',
  fearsign:
    'tingle heart race racing hand shake breathe dying die tremble hyperventilate control flutter dizzy cry',
  way: 'way path trail road route direction track map signal turn village town',
  lost: 'lost lose astray stranded strand alone nowhere left',
  broke: 'broke break dead puncture flat die died',
  poison:
    'poison toxic pesticide bleach thinner cleaner acid petrol kerosene antifreeze pill tablet mushroom chemical detergent rat disinfectant paint fume vapour exhaust solvent medicine',
}

/** Kinds that are no harm by themselves: a keyword of such a kind says little where nothing else is said. */
const THINGS =
  'limb trunk face eye head bone sharp height heavy earth machine garment vehicle building stuff electric chemical space animal food meal water weapon way vessel ground sun cold hot'

const kindsOf = new Map<string, Set<string>>()
for (const [kind, words] of Object.entries(KINDS)) {
  for (const stem of contentWords(words)) {
    if (isDenial(stem)) continue
    kindsOf.set(stem, (kindsOf.get(stem) ?? new Set()).add(kind))
  }
}
const things = new Set(THINGS.split(' ').flatMap((kind) => contentWords(KINDS[kind] ?? '')))

/** Words between two that belong together. */
const REACH = 8

/** `cut+limb`: both kinds near each other, in whatever order. */
export const signOf = (one: string, other: string): string => [one, other].toSorted().join('+')

/** A thing that may have to do with harm or not: "ladder", "gas", "knife". */
export const isThing = (word: string): boolean => things.has(word)

/** Where the first word only says what kind of thing the second is, nobody does it. */
const COMPOUNDS = new Set(['swim pool'])

/** The signs in words (as `contentWords` gives them) that stand in a row. */
export function signsIn(said: readonly string[]): string[] {
  const words = said.filter((word, at) => !COMPOUNDS.has(`${word} ${said[at + 1] ?? ''}`))
  const signs = new Set<string>()
  for (const [at, word] of words.entries()) {
    for (const kind of kindsOf.get(word) ?? []) {
      for (const other of words.slice(at + 1, at + 1 + REACH)) {
        if (other === word) continue
        for (const near of kindsOf.get(other) ?? []) {
          if (near !== kind) signs.add(signOf(kind, near))
        }
      }
    }
  }
  return [...signs]
}
