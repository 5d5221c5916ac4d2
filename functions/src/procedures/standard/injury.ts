import { define } from './define.ts'

/** Injuries from work, machines and the road. */
export const INJURY = [
  define('fall-suspension', 2, {
    title: 'Fall from height or hanging in a harness',
    steps: [
      'Make sure that nothing else can fall, and keep others away.',
      'Call the emergency number, or have somebody call.',
      'If the person hangs in a harness, start your rescue plan at once: getting them down is urgent.',
      'While they hang, ask them to move their legs, or support the legs so that the straps press less.',
      'If they lie on the ground, tell them to keep still and hold the head and neck as you found them.',
      'Check breathing. If they do not breathe normally, start chest compressions.',
      'Keep them warm and talk to them.',
    ],
    avoid: [
      'Do not move somebody who fell, unless there is danger or they cannot breathe.',
      'Do not climb after them without protection of your own.',
    ],
    keywords:
      'fell, fallen, fall, falling, falling from a floor, fell from height, fell off ladder, fell from scaffold, fell from roof, scaffolding, ladder, roof, harness, hanging, suspended, hanging in harness, rope, slipped from height, third floor, ' +
      'gir gaya, upar se gir gaya, chhat se gir gaya, seedhi se gir gaya, unchai se gira, latka hua, latak raha, harness mein latka, ऊपर से गिर गया, छत से गिर गया, सीढ़ी से गिर गया, गिर गया, लटका हुआ, ' +
      'cayo, se cayo, caida, cayo del techo, cayo del andamio, escalera, arnes, colgado, سقط, سقط من السقف, سقط من السقالة, وقع من, سلم',
    in: {
      hi: {
        title: 'ऊंचाई से गिरना या हार्नेस में लटकना',
        steps: [
          'देखें कि और कुछ न गिरे, और दूसरों को दूर रखें।',
          'आपातकालीन नंबर पर फोन करें या किसी से करवाएं।',
          'व्यक्ति हार्नेस में लटका हो तो बचाव योजना तुरंत शुरू करें: नीचे उतारना जरूरी है।',
          'लटके रहने तक उन्हें पैर हिलाने को कहें या पैरों को सहारा दें ताकि पट्टे कम दबें।',
          'जमीन पर हों तो हिलने से मना करें, और सिर और गर्दन जैसी मिली वैसी ही पकड़ें।',
          'सांस देखें। सांस सामान्य न हो तो छाती दबाना शुरू करें।',
          'गर्म रखें और बात करते रहें।',
        ],
        avoid: ['जो गिरा हो उसे न हिलाएं, जब तक खतरा न हो या सांस न रुके।', 'अपनी सुरक्षा के बिना उनके पीछे न चढ़ें।'],
      },
    },
  }),
  define('crush-trapped', 2, {
    title: 'Crushed, trapped or buried',
    steps: [
      'Stop work around them and keep yourself out of what may still move or fall.',
      'Call the emergency number and say what holds them and for how long.',
      'Talk to them, and press on any bleeding that you can reach.',
      'If something stops them from breathing, take it off if you safely can.',
      'Ask the emergency services before you take off any other heavy weight.',
      'If you are trapped yourself: save your strength, cover mouth and nose with cloth, and knock so that others can find you.',
    ],
    avoid: [
      'Do not enter a trench or a building that may still collapse.',
      'Do not pull somebody out by the arms or legs.',
    ],
    keywords:
      'trapped, crushed, stuck under, pinned, buried, collapsed wall, wall collapsed, trench collapse, cave in, debris, rubble, under the beam, heavy load fell, forklift, pallet fell on, elevator stuck, lift stuck, cannot get out, ' +
      'dab gaya, malbe mein, phas gaya, fas gaya, fansa hua, deewar gir gayi, neeche dab gaya, kuchal gaya, दब गया, मलबे में, फंस गया, दीवार गिर गई, कुचल गया, ' +
      'atrapado, aplastado, enterrado, derrumbe, escombros, عالق, محاصر, تحت الأنقاض, انهيار',
  }),
  define('machine-entanglement', 2, {
    title: 'Caught in a machine',
    steps: [
      'Press the emergency stop or cut the power.',
      'Lock the machine so that nobody can start it again.',
      'Call the emergency number, or have somebody call, and fetch somebody who knows the machine.',
      'Press on any bleeding that you can reach.',
      'Support the caught part and keep the person still and warm.',
      'If a part of the body was cut off, wrap it in clean cloth, put it in a bag, and keep the bag cool.',
    ],
    avoid: [
      'Do not run the machine backwards.',
      'Do not pull the person out.',
      'Do not put a part that was cut off right on ice.',
    ],
    keywords:
      'machine, caught in machine, hand in machine, hand stuck in machine, arm caught, conveyor, conveyor belt, roller, press machine, gears, lathe, entangled, pulled in, emergency stop, sleeve caught, ' +
      'machine mein haath, haath machine mein fas gaya, machine me phas, kapda machine mein, मशीन में हाथ, मशीन में फंस, ' +
      'atrapado en la maquina, maquina, mano en la maquina, cinta transportadora, الآلة, يده في الآلة, ماكينة',
  }),
  define('fracture', 4, {
    title: 'Broken bone or sprain',
    steps: [
      'Have the person keep the injured part still, in the way that hurts least.',
      'Support it with your hands, clothes or a cushion.',
      'If bone shows or it bleeds, cover it with a clean cloth and press beside the bone.',
      'Cool the swelling through a cloth for up to 20 minutes.',
      'Call the emergency number for a broken leg, hip or back, a bone that shows, or fingers or toes that turn cold or numb.',
    ],
    avoid: [
      'Do not try to set the bone straight.',
      'Do not let them stand on it.',
      'Do not put ice right on the skin.',
    ],
    keywords:
      'broken bone, broken leg, broken arm, fracture, fractured, broke his leg, broke my arm, bone sticking out, ankle twisted, sprain, sprained, wrist swollen, dislocated, cannot put weight, ' +
      'haddi toot gayi, haddi tut gayi, pair toot gaya, haath toot gaya, moch aa gayi, हड्डी टूट गई, पैर टूट गया, हाथ टूट गया, मोच, ' +
      'hueso roto, pierna rota, brazo roto, fractura, tobillo, esguince, كسر, مكسورة, ساقه مكسورة, التواء',
  }),
  define('head-injury', 3, {
    title: 'Head injury',
    steps: [
      'Have the person sit or lie still and stay with them.',
      'If the head bleeds, press gently with a clean cloth.',
      'Call the emergency number if they were unconscious, vomit, are confused or sleepy, have a fit, see badly, or clear liquid or blood comes from ear or nose.',
      'If they fell or the neck hurts, hold the head as it is.',
      'Ask them who they are and where they are every few minutes, and note what changes.',
    ],
    avoid: ['Do not let them go back to work or drive.', 'Do not press hard where the skull feels soft.'],
    keywords:
      'head injury, hit his head, hit my head, hit on the head, head hurt, concussion, skull, struck on head, bump on head, something fell on head, head wound, dizzy after hit, confused after hit, ' +
      'sir par chot, sar pe chot, sir phat gaya, sar phat gaya, sir mein laga, सिर पर चोट, सिर फट गया, सिर में चोट, ' +
      'golpe en la cabeza, herida en la cabeza, conmocion, إصابة في الرأس, ضربة على الرأس, رأسه',
  }),
  define('road-accident', 3, {
    title: 'Road accident',
    steps: [
      'Stop in a safe place, switch on the hazard lights and put on a bright vest if you have one.',
      'Warn other traffic with a triangle or from the side of the road.',
      'Call the emergency number: where, how many vehicles, how many hurt.',
      'Switch off engines and look for leaking fuel, smoke or cut cables.',
      'Check each person: breathing first, then bleeding.',
      'Tell those who are hurt to keep still.',
    ],
    avoid: [
      'Do not pull anybody out, unless there is fire or they cannot breathe.',
      'Do not take off the helmet of a rider who breathes.',
      'Do not stand in the traffic.',
    ],
    keywords:
      'road accident, car accident, car crash, crash, crashed, truck hit, hit by car, hit by truck, run over, vehicle overturned, overturned, bike accident, motorcycle, collision, traffic accident, van, ' +
      'gaadi takra gayi, accident ho gaya, truck ne maara, gaadi palat gayi, bike se gir gaya, गाड़ी टकरा गई, एक्सीडेंट, दुर्घटना, ट्रक ने मारा, ' +
      'accidente de coche, choque, atropello, atropellado, accidente de carretera, حادث سيارة, دهسته, حادث سير, شاحنة',
  }),
]
