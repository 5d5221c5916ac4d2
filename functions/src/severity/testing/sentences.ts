/** Sentences of our own, one a line, by the floor that they must have. */
export const SENTENCES = {
  CRITICAL: `
    He is not breathing
    she isn't breathing!!
    He isn’t breathing
    my colleague stopped breathing
    I can't breathe
    i cant breath properly
    he doesn't breathe any more
    nobody is breathing in there
    he is barely breathing
    My husband is not breathing, please help me
    not bleeding but not breathing either
    he is choking on something
    her lips are turning blue
    throat is closing up, bee sting
    Ravi is unconscious
    he's not responding to me
    she won't wake up
    he passed out near the press
    there is no pulse
    I think it is a heart attack
    we are doing CPR
    he is dying
    I don't want to die here, we are going to die
    He is bleeding heavily from the leg
    I can't stop the bleeding
    the bleeding won't stop
    blood everywhere
    she lost a lot of blood
    he fell from the scaffold
    Sunil fell off a ladder and hit the ground
    fell about 4 meters
    he fell into the pit
    Raj got electrocuted
    he touched a live wire and dropped
    there is a fire in the warehouse
    the forklift is on fire
    The fire is spreading
    the fire is out of control
    his clothes caught fire
    explosion in the boiler room
    the tank exploded
    gas leak in hall 3
    ammonia is leaking from the pipe
    we are trapped
    I am stuck in the conveyor
    two men buried under the wall
    the trench collapsed
    the roof came down on them
    he is drowning
    man overboard
    she fell in the water
    someone has a knife
    he has been stabbed
    there is a shooter at gate B
    he said he will kill me
    a man is attacking us
    I think she had a stroke
    his face is drooping on one side
    he is having a seizure
    he drank bleach
    acid in his eyes
    his finger is cut off
    severed hand, machine 4
    his arm is crushed
    he was hit by a forklift
    she was run over
    heatstroke, he stopped sweating
    hypothermia in the cold store
    I want to kill myself
    I don't want to live anymore
    he wants to jump off the roof
    SOS
    🆘
    mayday mayday
    He is unconcious and blue
    he is not breathng
    unconsious man at dock 2
    there was an explosoin
    H̶e̶ is n͏ot bre​athing
    ＨＥ ＩＳ ＮＯＴ ＢＲＥＡＴＨＩＮＧ
    he is nót bréathing
    𝐧𝐨𝐭 𝐛𝐫𝐞𝐚𝐭𝐡𝐢𝐧𝐠
    he is NOOOT breathing
    this is not a drill, man not breathing
    This was a drill but now Ana is really not breathing
    the fire is out of the hall, the building is burning
    he was breathing again but now he is not breathing
    the guard says "he is not breathing"
    what do I do, he is not breathing
    this is a test site, there is a fire in the lab
    the drill exploded
    he doesn't have a pulse
    in the video call he is not breathing
    everyone is safe except Ali who is trapped
    not breathing. bleeding stopped
    no ambulance yet he is unconscious
    is he dead? he is not moving
    no he is bleeding badly
    I do not know, there is a fire
    सांस नहीं ले रहा
    वह बेहोश है
    फैक्टरी में आग लग गई
    बहुत खून बह रहा है
    करंट लग गया
    saans nahi le raha
    wo behosh ho gaya
    aag lag gayi
    bahut khoon nikal raha hai
    no respira
    no puedo respirar
    mi compañero está inconsciente
    hay fuego en el almacén
    fuga de gas
    estamos atrapados
    لا يتنفس
    فاقد الوعي
    حريق في المصنع
    نزيف شديد
    تسرب غاز`,
  HIGH: `
    he is bleeding
    he is bleding from the knee
    blood on the floor
    I fell
    Tom has fallen on the stairs
    chest pain
    my chest hurts
    trouble breathing since the smoke
    I smell gas
    thick smoke from the engine
    he got a shock
    I broke my arm
    she fainted
    he hit his head
    call an ambulance
    chemical splashed on my hands
    The fire is not out
    is the fire out? I see flames
    I think the bleeding has stopped
    I am not sure if he is bleeding
    he threatened me
    🔥
    there is 🩸
    is anyone bleeding
    emergency
    what should I do if someone is not breathing
    khoon nikla
    she fell behind the machine
    she fell under the truck
    jal gaya haath
    The scaffold on the north side moved
    bleeding not stopped
    we put out the fire but Ali is burned badly
    sangre en el suelo`,
  MEDIUM: `
    The fire is out
    he is breathing again
    the bleeding has stopped
    this is a drill: man not breathing
    Only a test. There is a fire in the kitchen
    False alarm, there was a fire in the hall but everyone is safe, false alarm
    what should I do if somebody falls
    my back hurts
    I feel dizzy
    my ankle is injured`,
  NOTHING: `
    not bleeding
    he is not bleeding
    no fire
    there is no fire here
    no fire or smoke
    nobody is hurt
    no one was injured
    I did not fall
    without any pain
    we are not trapped
    no bleeding, no pain
    hello, is anybody there
    help me please
    thank you, all good
    the fire drill is at noon
    fire extinguisher is missing
    fire exit is blocked by boxes
    the fire door does not close
    my battery is dead
    this traffic is killing me
    I am dying to see it
    heart rate monitor needs charging
    blood pressure is normal
    shock absorber replaced
    see the attached photo
    she was shouting
    we explored the tunnel
    the filling machine is ready
    she is breeding dogs
    a stroke of luck
    the app is not responding
    server crashed
    prices fell
    fell asleep on the bus
    stuck in traffic
    the key is stuck
    smoke break at ten
    gas station on the left
    first aid kit is empty
    he had a heart attack last year
    there was a fire in 2019
    years ago he fell from a roof
    he quit smoking
    I saw an explosion in a movie
    passed out leaflets
    no way, great news
    aag nahi lagi
    khoon nahi
    आग नहीं लगी
    no hay fuego
    لا يوجد حريق
    lunch at 12?
    I am not suicidal
    never fell
    मैं ठीक हूँ
    todo bien
    كل شيء بخير
    🙏`,
}
