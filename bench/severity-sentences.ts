/**
 * Sentences as workers might write them, labelled with the least urgency that a dispatcher should see. Written by us,
 * beside the lexicon though not from it, and so no proof of how real messages fare.
 */
export const labelled = {
  CRITICAL: `
    please come fast my friend is not breathing anymore
    he collapsed and has no heartbeat
    Deepak is lying there and does not respond when I shout
    she can not breathe, her inhaler is empty
    his leg is under the pallet and there is blood pouring out
    two fingers cut off at the band saw
    the boom touched a power line and Mike was electrocuted
    flames coming out of the paint store
    cylinder exploded in bay 4
    strong gas leak, people coughing
    soil came down, Anil is buried to the chest
    lift stopped and I am trapped inside
    he slipped into the dock and is drowning
    man with a gun at reception
    my supervisor is threatening me with a knife
    one side of her face is drooping
    he is shaking violently, it looks like a seizure
    he swallowed cleaning acid
    forklift ran over his foot
    a beam crushed his chest
    he is hot, confused, I think heat stroke
    I can't do this any more, I want to end my life
    she took a lot of pills
    fell 6 metres from the roof
    bleeding heavily and I cannot stop it
    he is uncoscious
    wo saans nahi le pa raha
    yahan aag lag gayi hai jaldi aao
    बिजली का करंट लगा है
    hubo una explosión
    está inconsciente y no responde
    هناك حريق في المستودع
    العامل لا يتنفس
    we can't get out, smoke everywhere
    the wall fell on him
    he's turning blue`,
  HIGH: `
    there is blood on his shirt
    my coworker fainted in the heat
    I have bad chest pain
    it smells like gas near the stove
    I broke my wrist
    somebody keeps following me in the parking lot
    black smoke behind the generator
    he burned his hand on the pipe
    he hit his head on the frame
    caustic splashed on my arm
    the crane is tilting
    two men are fighting at the gate
    I am stuck on the ladder and cannot move
    water is rising in the tunnel
    someone call an ambulance
    he got bitten by a dog`,
  NOTHING: `
    shift change at six
    when is the fire drill
    nobody hurt, just a flat tyre
    no injuries to report
    the fire extinguisher was checked today
    can you send the schedule
    I am at gate B
    my phone is dying
    the forklift battery is dead
    thanks for the quick answer
    he is not bleeding
    there was no fire
    we had an explosion of orders this week
    I am dying to go home
    the smoke detector needs a new battery
    he broke the record
    I fell asleep in the break room
    the printer is not responding
    is the first aid course on Monday
    my uncle had a stroke two years ago
    the machine is stuck again
    please approve my sick leave
    stop killing time
    blood donation camp on friday
    good shot
    the attached file is wrong
    everything is fine here
    koi chot nahi lagi
    no hay heridos
    लंच कब है`,
} as const
