/** What somebody in trouble writes: `wanted` is what they need, `also` what may be shown beside or instead of it without harm. */
export interface Fresh {
  readonly text: string
  readonly wanted: string
  readonly also?: readonly string[]
}

const row = (text: string, wanted: string, ...also: readonly string[]): Fresh => ({ text, wanted, also })

/**
 * Written before kinds of words and signs were thought of (18 of 40 found at first), by the same who then wrote those: it
 * flatters them.
 */
export const FRESH: readonly Fresh[] = [
  row('a nail from the nail gun is through his palm', 'severe-bleeding'),
  row('he sliced his wrist open on sheet metal', 'severe-bleeding'),
  row('the saw took two of his fingertips', 'severe-bleeding', 'machine-entanglement'),
  row('a shard flew into her neck and it is gushing', 'severe-bleeding'),
  row('his chest is still and he looks grey', 'not-breathing'),
  row('old man on the floor, no heartbeat', 'not-breathing', 'unconscious'),
  row('she just dropped and I can not wake her', 'unconscious', 'not-breathing'),
  row('he keeps clutching his neck, a piece of meat went down the wrong way', 'choking'),
  row('she went under in the reservoir', 'drowning'),
  row('he came off the roof edge', 'fall-suspension'),
  row('the ladder slid and he landed on his back on concrete', 'fall-suspension', 'fracture', 'head-injury'),
  row('beam came down on his legs, we cannot lift it', 'crush-trapped', 'fracture'),
  row('soil slid into the hole, only his shoulders are out', 'crush-trapped'),
  row('her hair is wound round the drill spindle', 'machine-entanglement'),
  row('his hand went into the press', 'machine-entanglement', 'crush-trapped', 'severe-bleeding'),
  row('bone is poking out below the knee', 'fracture', 'severe-bleeding'),
  row('wrist swollen after I landed on it, cannot move it', 'fracture', 'fall-suspension'),
  row('a brick hit his skull, he keeps vomiting', 'head-injury'),
  row('two lorries collided at the gate', 'road-accident'),
  row('the battery rack is in flames', 'fire-smoke'),
  row('thick black fumes filling the corridor', 'fire-smoke', 'gas-leak'),
  row('boiling soup went all over her legs', 'burns'),
  row('hot exhaust pipe took the skin off my calf', 'burns'),
  row('the drill was live and it threw him across the room', 'electric-shock'),
  row('wet cement got under my eyelid', 'chemical-splash'),
  row('drain cleaner spurted on her cheek', 'chemical-splash'),
  row('hissing at the LPG bottle', 'gas-leak'),
  row('he climbed down into the grain bin and stopped answering', 'confined-space', 'unconscious'),
  row('roofing all day, stopped sweating, talking nonsense', 'heat-stroke', 'stroke'),
  row('soaked through, his lips are blue and he cannot stop shivering', 'hypothermia', 'not-breathing'),
  row('tight squeezing feeling spreading to my left arm', 'chest-pain'),
  row('suddenly she cannot speak properly and one side is weak', 'stroke'),
  row('his whole body is jerking and he bit his tongue', 'seizure'),
  row('lips and eyelids puffed up after the shrimp', 'allergic-reaction'),
  row('the child drank paint thinner', 'poisoning'),
  row('a dog tore into my calf', 'bite-sting', 'severe-bleeding'),
  row('scorpion got me through the boot', 'bite-sting'),
  row('a drunk guy is swinging a bottle at the staff', 'violence'),
  row('cannot calm down, my hands tingle and I think I am dying', 'panic'),
  row('took the wrong trail, it is getting dark and I see no road', 'lost-alone'),
]

/** Nobody is in danger, or there is no procedure: whatever is shown is wrong. */
export const FRESH_OTHERS: readonly string[] = [
  'blood donation camp on friday',
  'the fire drill is at ten',
  'the heating is off in the office',
  'my tooth hurts',
  'can you break a fifty',
  'the water cooler is empty',
  'the scanner needs a new battery',
  'the gas bill has arrived',
  'I hit the wrong button in the app',
  'the lift is stuck but nobody is in it',
  'who left the knife in the kitchen sink',
  'my back is a bit sore today',
  'traffic is bad, I am late',
  'we ran out of gloves',
]

/**
 * Written when the kinds of words and the signs were there (7 of 38 found before them, 11 with their first version); what was missed was
 * then used to widen them.
 */
export const UNSEEN: readonly Fresh[] = [
  row('the circular saw kicked back into his thigh', 'severe-bleeding'),
  row('she put her fist through a window pane, her whole forearm is open', 'severe-bleeding'),
  row('the rag is soaked red and it keeps coming through', 'severe-bleeding'),
  row('we pulled him out and he does not take any air', 'not-breathing'),
  row('grandpa is lying in bed cold and without a pulse', 'not-breathing'),
  row('the new guy is out cold but he is snoring', 'unconscious'),
  row('she bolted her lunch and now she is going purple holding her throat', 'choking'),
  row('our boat capsized and one is still in the lake', 'drowning'),
  row('painter dropped from the gantry', 'fall-suspension'),
  row('he stepped back off the loading dock and hit the tarmac', 'fall-suspension', 'head-injury'),
  row('a roll of steel has rolled over both his feet', 'crush-trapped', 'fracture'),
  row('the ceiling gave way and buried the secretary', 'crush-trapped'),
  row('my shirt tail is wrapped round the shaft and I cannot reach the stop button', 'machine-entanglement'),
  row('the mixer grabbed his forearm', 'machine-entanglement'),
  row('her shin looks like it has a second knee', 'fracture'),
  row('I rolled my foot stepping off the kerb, it is blue and fat', 'fracture'),
  row('he walked into a steel door frame, cannot remember what day it is', 'head-injury'),
  row('our driver went off the road into a ditch', 'road-accident'),
  row('a cyclist is under a delivery van', 'road-accident', 'crush-trapped'),
  row('the bakery oven has set the wall alight', 'fire-smoke'),
  row('there is a burning smell and haze in the server room', 'fire-smoke'),
  row('the kettle tipped over onto his lap', 'burns'),
  row('grabbed a glowing rod by mistake, palm is white and leathery', 'burns'),
  row('he is stuck to the fuse box and shaking', 'electric-shock'),
  row('oven spray went into both eyes', 'chemical-splash'),
  row('the refrigeration plant is venting and everybody is coughing', 'gas-leak', 'poisoning'),
  row('two lads went into the slurry pit one after the other and neither answers', 'confined-space'),
  row('been laying asphalt since six, now I see double and feel sick', 'heat-stroke'),
  row('my toes are white and I cannot feel them, it is minus twenty', 'hypothermia'),
  row('it feels like an elephant sits on my breastbone', 'chest-pain'),
  row('his smile is lopsided and he talks gibberish', 'stroke'),
  row('she went stiff, then her arms and legs started jerking', 'seizure'),
  row('after the antibiotic he has welts all over and wheezes', 'allergic-reaction'),
  row('he mistook antifreeze for juice', 'poisoning'),
  row('the guard dog has my sleeve and my arm', 'bite-sting', 'severe-bleeding'),
  row('a customer pulled a blade on the cashier', 'violence'),
  row('my chest flutters, I am hyperventilating and cannot think', 'panic', 'chest-pain'),
  row('the bus left without me and I have no idea which village this is', 'lost-alone'),
]

/** The same for what needs no procedure. */
export const UNSEEN_OTHERS: readonly string[] = [
  'the coffee machine is broken again',
  'someone hit my parked car, only a scratch on the bumper',
  'my knife sharpener order has not arrived',
  'cold lunch again today, no hot water for tea',
  'please water the plants on the roof',
  'he lost his access card on the way',
  'the saw needs a new blade',
  'we need more cement and two ladders for tomorrow',
  'eyes are tired from the screen',
  'the dog of the neighbour barks all day',
  'my arm itches under the sleeve',
  'who will drive the truck on monday',
]

/** Written after that, scored once as everything stands, and nothing was changed for it: the fairest measure there is here. */
export const LAST: readonly Fresh[] = [
  row('I cut my foot on a broken bottle and it will not stop', 'severe-bleeding'),
  row('there is a screwdriver sticking out of his shoulder', 'severe-bleeding'),
  row('his ear is torn off', 'severe-bleeding'),
  row('he stopped breathing after the fight', 'not-breathing', 'violence'),
  row('can not find a pulse on her wrist', 'not-breathing'),
  row('my father collapsed in the bathroom, breathing but no reaction', 'unconscious'),
  row('a sweet is stuck in the boy’s windpipe', 'choking'),
  row('my colleague fell into the harbour', 'drowning', 'fall-suspension'),
  row('he tumbled down the stairs from the second floor', 'fall-suspension'),
  row('worker fell through a skylight', 'fall-suspension'),
  row('my mate is hanging from the tower by his rope', 'fall-suspension'),
  row('a pallet of bricks fell on her foot', 'crush-trapped', 'fracture', 'fall-suspension'),
  row('we are stuck under the rubble', 'crush-trapped'),
  row('her fingers are jammed in the conveyor belt', 'machine-entanglement', 'crush-trapped'),
  row('his scarf got dragged into the motor', 'machine-entanglement'),
  row('I think I broke my collarbone', 'fracture'),
  row('her ankle is the size of a melon after she slipped', 'fracture', 'fall-suspension'),
  row('he banged his head on a pipe and feels dizzy', 'head-injury'),
  row('a bus rammed our taxi', 'road-accident'),
  row('motorcyclist down on the ring road', 'road-accident'),
  row('the kitchen is on fire', 'fire-smoke'),
  row('flames are coming out of the generator', 'fire-smoke'),
  row('spilled hot tea over my hand', 'burns', 'chemical-splash'),
  row('her sleeve caught the grill and her arm is burnt', 'burns', 'machine-entanglement'),
  row('got zapped by a socket, my hand tingles', 'electric-shock'),
  row('a power cable came down on our van', 'electric-shock', 'road-accident'),
  row('bleach sprayed into her eyes', 'chemical-splash'),
  row('strong smell of gas on the second floor', 'gas-leak'),
  row('he passed out while cleaning the inside of the tank', 'confined-space', 'unconscious'),
  row('worked in the sun all day, vomiting and confused', 'heat-stroke'),
  row('we have been out in the snow for hours and she is shivering badly', 'hypothermia'),
  row('sharp pain in my chest when I walk', 'chest-pain'),
  row('one side of her mouth hangs down', 'stroke'),
  row('he is shaking and his eyes rolled back', 'seizure'),
  row('stung by a bee and now my throat is swelling', 'allergic-reaction', 'bite-sting'),
  row('my little boy swallowed dishwasher tablets', 'poisoning'),
  row('bitten by a stray dog', 'bite-sting'),
  row('there is a man with a gun in the lobby', 'violence'),
  row('I am so scared I cannot breathe properly', 'panic', 'not-breathing'),
  row('my car broke down in the middle of nowhere at night', 'lost-alone'),
]

/** The same for what needs no procedure. */
export const LAST_OTHERS: readonly string[] = [
  'the elevator music is killing me',
  'can you cut the meeting short',
  'the tank of the company car is empty',
  'we burned through the budget',
  'my head is full, I need a holiday',
  'the new knives for the canteen are here',
  'is it cold outside today?',
  'somebody left the gate open again',
  'the delivery van is late',
  'my eyes need new glasses',
  'how do I reset the alarm panel',
  'the swimming pool reopens on monday',
]
