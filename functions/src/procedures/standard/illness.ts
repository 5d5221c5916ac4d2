import { define } from './define.ts'

/** Sudden illness. */
export const ILLNESS = [
  define('chest-pain', 1, {
    title: 'Chest pain',
    steps: [
      'Have the person stop everything and sit half upright, with the knees bent.',
      'Call the emergency number at once, also if it gets better.',
      'Open tight clothes and keep them calm.',
      'Help them take medicine that their doctor gave them for this.',
      'Ask the emergency services whether to give aspirin. Have a defibrillator (AED) fetched.',
      'If they stop breathing normally, start chest compressions.',
    ],
    avoid: [
      'Do not let them walk or drive.',
      'Do not give aspirin to somebody who is allergic to it or bleeds.',
      'Do not leave them alone.',
    ],
    keywords:
      'chest pain, pain in chest, pains in chest, chest hurts, chest tight, tight chest, pressure on chest, heart attack, heart pain, pain in left arm, arm and jaw pain, ' +
      'seene mein dard, sine me dard, chhati mein dard, dil ka daura, heart attack aa gaya, सीने में दर्द, छाती में दर्द, दिल का दौरा, ' +
      'dolor en el pecho, dolor de pecho, infarto, ataque al corazon, ألم في الصدر, نوبة قلبية, صدري',
    in: {
      hi: {
        title: 'सीने में दर्द',
        steps: [
          'व्यक्ति सब काम रोके और घुटने मोड़कर आधा लेटकर बैठे।',
          'तुरंत आपातकालीन नंबर पर फोन करें, आराम लगे तब भी।',
          'तंग कपड़े ढीले करें और शांत रखें।',
          'डॉक्टर ने इसके लिए जो दवा दी हो, उसे लेने में मदद करें।',
          'एस्पिरिन देनी है या नहीं, आपातकालीन सेवा से पूछें। डिफिब्रिलेटर (AED) मंगवाएं।',
          'सांस सामान्य न रहे तो छाती दबाना शुरू करें।',
        ],
        avoid: ['चलने या गाड़ी चलाने न दें।', 'एस्पिरिन से एलर्जी हो या खून बह रहा हो तो एस्पिरिन न दें।', 'अकेला न छोड़ें।'],
      },
    },
  }),
  define('stroke', 1, {
    title: 'Signs of a stroke',
    steps: [
      'Ask them to smile, to lift both arms and to say a sentence.',
      'If the face hangs on one side, an arm sinks, or the speech is strange: call the emergency number at once.',
      'Note the time at which it began.',
      'Have them lie with head and shoulders raised. If they are drowsy but breathe, roll them onto their side.',
      'If they stop breathing normally, start chest compressions.',
    ],
    avoid: ['Do not give food, drink or medicine.', 'Do not wait and see whether it passes.'],
    keywords:
      'stroke, face drooping, face droop, face hanging, mouth crooked, slurred speech, cannot speak properly, one side weak, arm weak, sudden weakness, paralysed, half body numb, ' +
      'lakwa, lakva, muh tedha, ek taraf sunn, bol nahi pa raha, लकवा, मुंह टेढ़ा, एक तरफ सुन्न, ' +
      'derrame cerebral, ictus, cara caida, no puede hablar, medio cuerpo, سكتة دماغية, شلل, لا يستطيع الكلام',
  }),
  define('seizure', 2, {
    title: 'Seizure (fit)',
    steps: [
      'Take hard and sharp things away and put something soft under the head.',
      'Look at the clock: how long does it last?',
      'When the shaking stops, roll them onto their side and check breathing.',
      'Call the emergency number if it lasts 5 minutes or more, comes again, is the first one, or they are hurt or do not wake.',
      'Stay with them until they are fully awake.',
    ],
    avoid: [
      'Do not hold them down.',
      'Do not put anything into the mouth.',
      'Do not give food or drink until they are fully awake.',
    ],
    keywords:
      'seizure, fit, fits, having a fit, convulsion, convulsions, convulsing, epilepsy, epileptic, shaking all over, jerking, foam from mouth, foaming, ' +
      'mirgi, mirgi ka daura, daura pad gaya, jhatke aa rahe, muh se jhaag, मिर्गी, दौरा पड़ गया, झटके आ रहे, मुंह से झाग, ' +
      'convulsion, convulsiones, epilepsia, ataque epileptico, تشنج, تشنجات, صرع',
  }),
  define('allergic-reaction', 1, {
    title: 'Severe allergic reaction',
    steps: [
      'Call the emergency number at once if breathing is hard, face or tongue swells, or they feel faint.',
      'If they have an adrenaline injector, help them use it now, into the outer thigh.',
      'Have them sit up if breathing is hard, or lie with raised legs if they feel faint.',
      'Take away what caused it, such as a sting, if it is easy.',
      'If it is no better after 5 minutes and there is a second injector, use it.',
      'If they stop breathing normally, start chest compressions.',
    ],
    avoid: ['Do not let them stand up or walk.', 'Do not give food or drink.'],
    keywords:
      'allergic, allergy, allergic reaction, anaphylaxis, anaphylactic, epipen, tongue swelling, face swelling, swollen face, swollen lips, throat closing, hives, rash all over, peanut, ' +
      'allergy ho gayi, chehra sooj gaya, jeebh sooj gayi, gala sooj gaya, एलर्जी, चेहरा सूज गया, जीभ सूज गई, ' +
      'alergia, reaccion alergica, cara hinchada, lengua hinchada, anafilaxia, حساسية, تورم الوجه, تورم اللسان',
  }),
  define('poisoning', 2, {
    title: 'Poisoning or breathing in fumes',
    steps: [
      'Fumes: bring the person into fresh air, only if you can do it without breathing them yourself.',
      'Call the emergency number or the poison centre, with the packet, the label or a picture of it.',
      'Say what it was, how much and when.',
      'If it was swallowed and they are awake, rinse the mouth with water.',
      'If they are unconscious but breathe, roll them onto their side.',
      'If they stop breathing normally, start chest compressions.',
    ],
    avoid: [
      'Do not make them vomit.',
      'Do not give milk, salt water or anything else unless the poison centre says so.',
    ],
    keywords:
      'poison, poisoned, poisoning, swallowed, drank, drank chemical, drank cleaner, drank cleaning, pesticide, overdose, too many pills, fumes, breathed in fumes, inhaled, inhaled fumes, carbon monoxide, exhaust, vapours, paint fumes, ' +
      'zeher, zehar, jahar, zeher kha liya, zeher pee liya, keetnashak, जहर, जहर खा लिया, कीटनाशक, ' +
      'veneno, envenenado, intoxicado, trago, bebio, sobredosis, vapores, monoxido, تسمم, سم, شرب, أبخرة',
  }),
  define('bite-sting', 3, {
    title: 'Snake bite, insect sting or animal bite',
    steps: [
      'Move away from the animal.',
      'Snake: have the person lie still, keep the bitten limb still and a little lower, and call the emergency number at once.',
      'Take off rings, watches and tight clothes before it swells.',
      'Note the time and what the animal looked like, from a distance.',
      'Insect: scrape the sting out sideways and cool the place.',
      'Animal: wash the bite with soap and running water for 15 minutes and see a doctor today, because of rabies.',
      'Call the emergency number if breathing is hard, the face swells or they feel faint.',
    ],
    avoid: [
      'Do not cut, suck, burn or ice a snake bite.',
      'Do not tie off the limb.',
      'Do not try to catch the snake.',
    ],
    keywords:
      'snake, snake bite, snakebite, bitten by snake, bit by a snake, bite, bitten, sting, stung, bee, bees, wasp, hornet, scorpion, spider, dog bite, bitten by dog, monkey bite, insect, ' +
      'saanp ne kaata, saap ne kaat liya, saanp ne kaat liya, saap ne kata, saanp, bichhu ne kaata, bichhu, kutte ne kaata, madhumakkhi, सांप ने काटा, सांप, बिच्छू, कुत्ते ने काटा, मधुमक्खी, ' +
      'mordedura, serpiente, culebra, picadura, abeja, avispa, alacran, perro me mordio, لدغة, لدغته أفعى, أفعى, ثعبان, عقرب, نحل, عضه كلب',
  }),
]
