import { define } from './define.ts'

/** Fire, gas, current, chemicals and heat. */
export const HAZARD = [
  define('fire-smoke', 1, {
    title: 'Fire and smoke',
    steps: [
      'Leave now, warn others on your way and close doors behind you.',
      'Stay low under smoke and cover mouth and nose with cloth.',
      'Use the stairs.',
      'Call the emergency number from outside and say whether anybody is missing.',
      'If you cannot get out: close the door, block the gap with wet cloth, go to a window and show yourself.',
      'If clothes burn: stop, lie down, roll, and cover the flames with a heavy cloth.',
    ],
    avoid: [
      'Do not use the lift.',
      'Do not go back inside.',
      'Do not fight a fire that is bigger than a bin or gives off thick smoke.',
    ],
    keywords:
      'fire, fires, on fire, caught fire, flames, smoke, smoke everywhere, burning building, building on fire, explosion, exploded, sparks, smell of burning, clothes on fire, ' +
      'aag, aag lag gayi, aag lagi, dhuan, dhua, dhamaka, aag phail rahi, आग, आग लग गई, धुआं, धुंआ, धमाका, ' +
      'fuego, incendio, humo, llamas, explosion, se quema, حريق, نار, دخان, انفجار',
    in: {
      hi: {
        title: 'आग और धुआं',
        steps: [
          'अभी बाहर निकलें, रास्ते में दूसरों को बताएं और पीछे दरवाजे बंद करें।',
          'धुएं में झुककर चलें और मुंह-नाक कपड़े से ढकें।',
          'सीढ़ियों से जाएं।',
          'बाहर आकर आपातकालीन नंबर पर फोन करें और बताएं कि कोई अंदर तो नहीं है।',
          'बाहर न निकल सकें तो दरवाजा बंद करें, नीचे की दरार गीले कपड़े से भरें, खिड़की पर जाएं और खुद को दिखाएं।',
          'कपड़ों में आग लगे तो रुकें, लेटें, लुढ़कें और लपटों को भारी कपड़े से ढकें।',
        ],
        avoid: ['लिफ्ट का उपयोग न करें।', 'वापस अंदर न जाएं।', 'कूड़ेदान से बड़ी आग या घने धुएं से न लड़ें।'],
      },
    },
  }),
  define('burns', 3, {
    title: 'Burns and scalds',
    steps: [
      'Get the person away from what burns. Put out burning clothes.',
      'Cool the burn at once under cool running water for 20 minutes.',
      'Take off rings, watches and clothes near the burn, unless they stick to it.',
      'Cover it loosely with cling film or a clean cloth that does not shed threads.',
      'Keep the rest of the body warm.',
      'Call the emergency number if the burn is larger than a hand, deep, or on face, hands, joints or between the legs.',
    ],
    avoid: [
      'Do not use ice, butter, toothpaste or creams.',
      'Do not break blisters.',
      'Do not pull off what sticks to the skin.',
    ],
    keywords:
      'burn, burns, burned, burnt, scald, scalded, hot water, boiling water, steam burn, hot oil, hot metal, blister, skin burned, burned hand, burnt arm, welding burn, ' +
      'jal gaya, jal gayi, haath jal gaya, garam pani gir gaya, garam tel, chhale, जल गया, जल गई, हाथ जल गया, गरम पानी, गरम तेल, छाले, ' +
      'quemadura, quemaduras, me queme, quemado, se quemo, agua hirviendo, aceite caliente, حرق, حروق, احترق, ماء مغلي',
    in: {
      hi: {
        title: 'जलना',
        steps: [
          'व्यक्ति को आग या गर्म चीज से दूर करें। जलते कपड़े बुझाएं।',
          'जले हिस्से को तुरंत 20 मिनट तक ठंडे बहते पानी में रखें।',
          'अंगूठी, घड़ी और पास के कपड़े उतारें, पर जो त्वचा से चिपके हों उन्हें नहीं।',
          'साफ प्लास्टिक की पन्नी या साफ कपड़े से ढीला ढकें।',
          'बाकी शरीर को गर्म रखें।',
          'जला हिस्सा हथेली से बड़ा या गहरा हो, या चेहरे, हाथ, जोड़ या जांघों के बीच हो तो आपातकालीन नंबर पर फोन करें।',
        ],
        avoid: ['बर्फ, मक्खन, टूथपेस्ट या क्रीम न लगाएं।', 'छाले न फोड़ें।', 'त्वचा से चिपकी चीज न खींचें।'],
      },
    },
  }),
  define('electric-shock', 1, {
    title: 'Electric shock',
    steps: [
      'Do not touch the person while the current may be on.',
      'Switch off the power at the switch, the plug or the main breaker.',
      'If you cannot, and it is low voltage: stand on something dry and push the cable away with dry wood or plastic.',
      'Keep far away from high voltage and fallen lines until the grid company says that they are off.',
      'Call the emergency number, or have somebody call.',
      'When it is off, check breathing. If they do not breathe normally, start chest compressions.',
      'Cool burns under running water. Every shock must be looked at, also if they feel well.',
    ],
    avoid: ['Do not use anything wet or of metal to reach them.', 'Do not go near a cable on the ground.'],
    keywords:
      'electric shock, electrocuted, electrocution, shocked, shock from wire, current, live wire, cable, power line, high voltage, touched wire, electric, electricity, ' +
      'current lag gaya, karant lag gaya, bijli ka jhatka, current laga, taar se chipak, करंट लग गया, करंट, बिजली का झटका, ' +
      'descarga electrica, electrocutado, electrocuto, corriente, cable, صعق, صعقة كهربائية, كهرباء, تكهرب',
    in: {
      hi: {
        title: 'बिजली का झटका',
        steps: [
          'जब तक करंट चालू हो सकता है, व्यक्ति को न छुएं।',
          'स्विच, प्लग या मेन से बिजली बंद करें।',
          'बंद न कर सकें और वोल्टेज कम हो तो सूखी चीज पर खड़े होकर सूखी लकड़ी या प्लास्टिक से तार हटाएं।',
          'हाई वोल्टेज और गिरे तारों से बहुत दूर रहें, जब तक बिजली कंपनी न कहे कि बंद है।',
          'आपातकालीन नंबर पर फोन करें या किसी से करवाएं।',
          'बिजली बंद होने पर सांस देखें। सांस सामान्य न हो तो छाती दबाना शुरू करें।',
          'जले हिस्से को बहते पानी से ठंडा करें। हर झटके की जांच जरूरी है, ठीक लगे तब भी।',
        ],
        avoid: ['गीली या धातु की चीज से न छुएं।', 'जमीन पर पड़े तार के पास न जाएं।'],
      },
    },
  }),
  define('chemical-splash', 2, {
    title: 'Chemical in the eye or on the skin',
    steps: [
      'Put on gloves if you have them, and brush dry powder off first.',
      'Rinse at once with a lot of clean running water for at least 20 minutes.',
      'For an eye: hold it open and let the water run from the nose outwards. Take out contact lenses if it is easy.',
      'Take off clothes and shoes that the chemical touched while you rinse.',
      'Call the emergency number and have the name of the chemical ready, from the label or the safety sheet.',
      'Go on rinsing until the emergency services tell you to stop.',
    ],
    avoid: [
      'Do not rub the eye.',
      'Do not put another chemical on it to neutralise it.',
      'Do not let the water run over the other eye.',
    ],
    keywords:
      'chemical, chemical splash, acid, acid splash, acid in eye, acid on skin, chemical in eye, chemical burn, alkali, caustic, bleach in eye, cement in eye, lime, solvent, splashed, in my eyes, eye burning, cleaning fluid, spilled on skin, ' +
      'tezab, tejab, aankh mein chemical, aankh mein acid, aankh jal rahi, chemical gir gaya, तेजाब, आंख में तेजाब, आंख में केमिकल, आंख जल रही, ' +
      'acido en los ojos, acido, quimico, producto quimico, ojo, ojos, salpicadura, حمض, مادة كيميائية, في عيني, عيني',
    in: {
      hi: {
        title: 'आंख या त्वचा पर रसायन',
        steps: [
          'हों तो दस्ताने पहनें, और सूखा पाउडर पहले झाड़ दें।',
          'तुरंत खूब साफ बहते पानी से कम से कम 20 मिनट धोएं।',
          'आंख के लिए: उसे खोलकर रखें और पानी नाक से बाहर की ओर बहाएं। आसान हो तो कॉन्टैक्ट लेंस निकालें।',
          'धोते समय वे कपड़े और जूते उतारें जिन पर रसायन गिरा है।',
          'आपातकालीन नंबर पर फोन करें और लेबल से रसायन का नाम तैयार रखें।',
          'जब तक आपातकालीन सेवा रुकने को न कहे, धोते रहें।',
        ],
        avoid: ['आंख न मलें।', 'उस पर दूसरा रसायन न डालें।', 'पानी दूसरी आंख में न बहने दें।'],
      },
    },
  }),
  define('gas-leak', 1, {
    title: 'Gas leak',
    steps: [
      'Leave now with everybody, across or against the wind.',
      'If it is quick and on your way, shut the valve and open doors and windows.',
      'Call the emergency number from outside, far from the building.',
      'Keep others from going in.',
      'Whoever coughs, is dizzy or short of breath sits down in fresh air and is looked at.',
    ],
    avoid: [
      'Do not smoke or light anything.',
      'Do not press a switch, a bell or a lift button, and do not use a phone inside.',
      'Do not go back for things or for somebody without breathing protection.',
    ],
    keywords:
      'gas leak, gas leaking, leak of gas, smell gas, smell of gas, gas smell, ammonia, ammonia leak, chlorine, chlorine leak, propane, lpg, cylinder leak, toxic gas, hissing pipe, leaking pipe, ' +
      'gas leak ho raha, gas ki badbu, gas ki smell, cylinder leak, ammonia leak, गैस लीक, गैस की बदबू, गैस रिसाव, अमोनिया, ' +
      'fuga de gas, olor a gas, huele a gas, amoniaco, cloro, تسرب غاز, رائحة غاز, أمونيا, كلور',
    in: {
      hi: {
        title: 'गैस रिसाव',
        steps: [
          'सबके साथ अभी बाहर निकलें, हवा के उलट या आड़ी दिशा में।',
          'रास्ते में और जल्दी हो सके तो वाल्व बंद करें और दरवाजे-खिड़कियां खोलें।',
          'बाहर, इमारत से दूर जाकर आपातकालीन नंबर पर फोन करें।',
          'दूसरों को अंदर जाने से रोकें।',
          'जिसे खांसी, चक्कर या सांस की तकलीफ हो वह खुली हवा में बैठे और उसकी जांच हो।',
        ],
        avoid: [
          'धूम्रपान न करें और कुछ न जलाएं।',
          'स्विच, घंटी या लिफ्ट का बटन न दबाएं, और अंदर फोन न करें।',
          'सामान या किसी के लिए सांस के उपकरण के बिना वापस न जाएं।',
        ],
      },
    },
  }),
  define('confined-space', 1, {
    title: 'Somebody down in a tank, pit or other confined space',
    steps: [
      'Stay out. What made them fall may make you fall too.',
      'Call the emergency number and say that it is a confined space.',
      'Talk to them from outside, and blow in fresh air if you have a fan made for it.',
      'If they wear a line, pull them out with it from outside.',
      'Only people with breathing apparatus and a lifeline go in.',
      'When they are out, check breathing. If they do not breathe normally, start chest compressions.',
    ],
    avoid: ['Do not go in after them, also not with a dust mask.', 'Do not blow in pure oxygen.'],
    keywords:
      'confined space, tank, inside tank, in the tank, manhole, sewer, septic tank, silo, pit, fainted in tank, collapsed in tank, vessel, no oxygen, went down into, gas in manhole, ' +
      'tanki mein, tank ke andar, gutter mein, manhole mein, sewer mein behosh, टंकी में, मैनहोल, सीवर में, गटर में, ' +
      'espacio confinado, tanque, dentro del tanque, alcantarilla, pozo, silo, خزان, داخل الخزان, مكان مغلق, بئر',
  }),
  define('heat-stroke', 2, {
    title: 'Heat stroke and heat exhaustion',
    steps: [
      'Bring the person into shade or a cool room and lay them down.',
      'Take off what is not needed and cool them at once: water on the skin and a fan, wet cloths on neck, armpits and groin.',
      'Call the emergency number if they are confused, faint, have a fit, or the skin is very hot.',
      'If they are fully awake, give cool water in small sips.',
      'Go on cooling until they are themselves again or the emergency services take over.',
    ],
    avoid: [
      'Do not give drinks to somebody who is confused or drowsy.',
      'Do not give alcohol.',
      'Do not let them go back to work the same day.',
    ],
    keywords:
      'heat stroke, heatstroke, heat exhaustion, too hot, overheated, sun stroke, sunstroke, very hot skin, working in the sun, stopped sweating, heat, cramps from heat, dehydrated, ' +
      'loo lag gayi, lu lag gayi, dhoop mein behosh, bahut garmi, garmi lag gayi, लू लग गई, लू, धूप में बेहोश, बहुत गर्मी, ' +
      'golpe de calor, insolacion, calor, deshidratado, ضربة شمس, ضربة حرارة, حرارة شديدة',
  }),
  define('hypothermia', 3, {
    title: 'Very cold: hypothermia and frostbite',
    steps: [
      'Bring the person out of wind and wet, and handle them gently.',
      'Take off wet clothes and wrap them up: dry layers, a blanket, a foil sheet, the head too.',
      'Call the emergency number if they are confused, very tired, stop shivering or cannot be woken.',
      'If they are fully awake, give warm sweet drinks.',
      'Warm cold fingers or toes against skin, only if they cannot freeze again.',
    ],
    avoid: [
      'Do not rub the skin or use hot water, fire or heaters right on it.',
      'Do not give alcohol.',
      'Do not let them walk if they are confused or stiff.',
    ],
    keywords:
      'hypothermia, freezing, frozen, very cold, shivering, cold store, cold room, locked in freezer, stuck in freezer, frostbite, numb fingers cold, snow, fell in icy water, ' +
      'thand lag gayi, bahut thand, kaanp raha, thand se, ठंड लग गई, बहुत ठंड, कांप रहा, ' +
      'hipotermia, congelado, mucho frio, temblando de frio, برد شديد, يرتجف, تجمد',
  }),
]
