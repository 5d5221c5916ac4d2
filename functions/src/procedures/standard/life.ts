import { define } from './define.ts'

/** What kills within minutes. */
export const LIFE = [
  define('not-breathing', 1, {
    title: 'Not breathing: chest compressions',
    steps: [
      'Call the emergency number, or have somebody call, and put the phone on loudspeaker.',
      'Send somebody for a defibrillator (AED) if there is one nearby.',
      'Lay the person flat on their back on firm ground.',
      'Put the heel of one hand on the middle of the chest and the other hand on top.',
      'Push hard and fast: 5 to 6 cm deep, 100 to 120 times a minute. Let the chest rise each time.',
      'If there are two of you, change places every 2 minutes.',
      'When the defibrillator is there, switch it on and do what it says.',
      'Go on until the person breathes normally or the emergency services take over.',
    ],
    avoid: [
      'Do not wait because you have no training: pushing on the chest is enough.',
      'Do not take gasps now and then for normal breathing.',
    ],
    keywords:
      'not breathing, no breathing, stopped breathing, cannot breathe, no breath, no pulse, cpr, heart stopped, cardiac arrest, gasping, turning blue, lips blue, chest not moving, defibrillator, aed, ' +
      'saans nahi, saans band, saans ruk, saans nahi aa rahi, saans nahi le raha, dhadkan nahi, सांस नहीं, सांस बंद, सांस रुक गई, सांस नहीं आ रही, धड़कन नहीं, ' +
      'no respira, sin respirar, dejo de respirar, sin pulso, paro cardiaco, لا يتنفس, ما يتنفس, توقف عن التنفس, لا نبض',
    in: {
      hi: {
        title: 'सांस नहीं चल रही: छाती दबाना',
        steps: [
          'आपातकालीन नंबर पर फोन करें या किसी से करवाएं, और स्पीकर चालू रखें।',
          'पास में डिफिब्रिलेटर (AED) हो तो किसी को लाने भेजें।',
          'व्यक्ति को सख्त जमीन पर पीठ के बल सीधा लिटाएं।',
          'एक हथेली का निचला हिस्सा छाती के बीच में रखें और दूसरा हाथ उसके ऊपर।',
          'जोर से और तेज दबाएं: 5 से 6 सेमी गहरा, एक मिनट में 100 से 120 बार। हर बार छाती को ऊपर उठने दें।',
          'दो लोग हों तो हर 2 मिनट में बदलें।',
          'डिफिब्रिलेटर आने पर उसे चालू करें और वह जो कहे वही करें।',
          'जब तक सांस सामान्य न हो या आपातकालीन सेवा न संभाल ले, दबाते रहें।',
        ],
        avoid: ['प्रशिक्षण न होने के कारण रुकें नहीं: छाती दबाना काफी है।', 'कभी-कभी की हांफ को सामान्य सांस न समझें।'],
      },
    },
  }),
  define('severe-bleeding', 1, {
    title: 'Severe bleeding',
    steps: [
      'Put on gloves or a clean plastic bag if you have one at once.',
      'Press hard on the wound with a clean cloth or your hand.',
      'Call the emergency number, or have somebody call.',
      'Have the person lie down and keep them warm.',
      'If the cloth soaks through, put another one on top and press harder.',
      'When it slows, bind the cloth firmly and watch it.',
      'If blood still pours from an arm or a leg and you have a tourniquet and know how, put it above the wound and note the time.',
    ],
    avoid: [
      'Do not pull out anything that is stuck in the wound: press beside it.',
      'Do not lift the cloth to look.',
      'Do not give food or drink.',
    ],
    keywords:
      'bleeding, bleed, bleeds, bled, blood, bloody, blood everywhere, losing blood, blood pouring, blood wont stop, cut, deep cut, cut finger, cut hand, wound, gash, artery, amputated, severed, sliced, stab wound, tourniquet, hemorrhage, ' +
      'khoon, khun, bahut khoon, khoon beh raha, khoon nahi ruk raha, kat gaya, haath kat gaya, ungli kat gayi, zakhm, chot, खून, बहुत खून, खून बह रहा, खून नहीं रुक रहा, कट गया, उंगली कट गई, जख्म, ' +
      'sangre, mucha sangre, sangrando, sangra, sangrado, hemorragia, herida, corte, نزيف, ينزف, دم, جرح',
    in: {
      hi: {
        title: 'तेज खून बहना',
        steps: [
          'तुरंत मिले तो दस्ताने या साफ प्लास्टिक की थैली पहनें।',
          'साफ कपड़े या हाथ से घाव को जोर से दबाएं।',
          'आपातकालीन नंबर पर फोन करें या किसी से करवाएं।',
          'व्यक्ति को लिटाएं और गर्म रखें।',
          'कपड़ा भीग जाए तो उसके ऊपर दूसरा कपड़ा रखें और ज्यादा जोर से दबाएं।',
          'खून धीमा हो तो कपड़े को कसकर बांधें और ध्यान रखें।',
          'हाथ या पैर से खून फिर भी बहे और आपके पास टूर्निकेट हो और लगाना आता हो, तो घाव के ऊपर लगाएं और समय लिख लें।',
        ],
        avoid: ['घाव में फंसी चीज न निकालें: उसके बगल में दबाएं।', 'देखने के लिए कपड़ा न उठाएं।', 'खाना या पानी न दें।'],
      },
    },
  }),
  define('choking', 1, {
    title: 'Choking',
    steps: [
      'If they can cough, tell them to keep coughing.',
      'If they cannot cough, speak or breathe: bend them forward and hit firmly between the shoulder blades, up to 5 times.',
      'If it is still stuck: stand behind, put a fist above the navel, hold it with the other hand and pull in and up, up to 5 times.',
      'Repeat 5 blows and 5 pulls, and have somebody call the emergency number.',
      'If they become unconscious, lay them down, call the emergency number and start chest compressions.',
    ],
    avoid: [
      'Do not reach blindly into the mouth.',
      'Do not pull on the belly of a pregnant person or a baby: push on the chest instead.',
    ],
    keywords:
      'choking, choke, chokes, something stuck in throat, food stuck, stuck in throat, cannot swallow, swallowed wrong, throat blocked, windpipe, heimlich, ' +
      'gale mein atak, gale me fas gaya, gala ghut, dam ghut raha, kha raha tha atak, गले में अटक, गला घुट, दम घुट रहा, गले में फंस, ' +
      'se atraganta, atragantado, atragantando, ahogando con comida, garganta, يختنق, اختنق, الحلق',
    in: {
      hi: {
        title: 'गले में कुछ अटकना',
        steps: [
          'खांस सकते हों तो कहें कि खांसते रहें।',
          'खांस, बोल या सांस न ले सकें तो आगे झुकाएं और दोनों कंधों के बीच पीठ पर 5 बार तक जोर से मारें।',
          'फिर भी अटका हो तो पीछे खड़े हों, मुट्ठी नाभि के ऊपर रखें, दूसरे हाथ से पकड़ें और 5 बार तक अंदर और ऊपर खींचें।',
          '5 बार पीठ पर और 5 बार पेट पर दोहराएं, और किसी से आपातकालीन नंबर पर फोन करवाएं।',
          'बेहोश हो जाएं तो लिटाएं, आपातकालीन नंबर पर फोन करें और छाती दबाना शुरू करें।',
        ],
        avoid: ['बिना देखे मुंह में उंगली न डालें।', 'गर्भवती या शिशु का पेट न दबाएं: छाती दबाएं।'],
      },
    },
  }),
  define('unconscious', 1, {
    title: 'Unconscious but breathing',
    steps: [
      'Check that it is safe to go near.',
      'Speak loudly and shake the shoulders gently. Look whether the chest moves for up to 10 seconds.',
      'Call the emergency number, or have somebody call.',
      'If they do not breathe normally, start chest compressions.',
      'If they breathe normally, roll them onto their side with the head tilted back a little.',
      'Keep them warm and check the breathing all the time.',
    ],
    avoid: [
      'Do not give food, drink or medicine.',
      'Do not move somebody who fell or was hit, unless there is danger or they cannot breathe.',
      'Do not leave them alone.',
    ],
    keywords:
      'unconscious, unconcious, passed out, collapsed, fainted, faint, not responding, unresponsive, not waking up, wont wake up, does not answer, knocked out, lying still, not moving, recovery position, ' +
      'behosh, behos, hosh nahi, hosh mein nahi, uth nahi raha, gir gaya behosh, hil nahi raha, jawab nahi de raha, बेहोश, होश नहीं, होश में नहीं, उठ नहीं रहा, ' +
      'inconsciente, no responde, no despierta, desmayo, desmayado, perdio el conocimiento, فاقد الوعي, مغمى عليه, لا يستجيب',
    in: {
      hi: {
        title: 'बेहोश, पर सांस चल रही है',
        steps: [
          'पास जाने से पहले देखें कि सुरक्षित है।',
          'जोर से बोलें और कंधे धीरे हिलाएं। 10 सेकंड तक देखें कि छाती हिल रही है या नहीं।',
          'आपातकालीन नंबर पर फोन करें या किसी से करवाएं।',
          'सांस सामान्य न हो तो छाती दबाना शुरू करें।',
          'सांस सामान्य हो तो करवट लिटाएं और सिर थोड़ा पीछे करें।',
          'गर्म रखें और सांस पर लगातार ध्यान दें।',
        ],
        avoid: [
          'खाना, पानी या दवा न दें।',
          'जो गिरा हो या जिसे चोट लगी हो उसे न हिलाएं, जब तक खतरा न हो या सांस न रुके।',
          'अकेला न छोड़ें।',
        ],
      },
    },
  }),
  define('drowning', 1, {
    title: 'Drowning',
    steps: [
      'Call the emergency number, or have somebody call.',
      'Throw something that floats, or reach out with a pole or a rope from firm ground.',
      'When they are out, check whether they breathe normally.',
      'If they do not, start chest compressions. If you are trained, give 5 breaths first.',
      'If they breathe, roll them onto their side, take off wet clothes and keep them warm.',
      'Somebody must see them afterwards, also if they feel well.',
    ],
    avoid: [
      'Do not jump in after them unless you are trained and secured.',
      'Do not press on the belly to get water out.',
    ],
    keywords:
      'drowning, drown, drowned, fell into water, fell in the river, fell in tank, under water, cannot swim, in the water, well, canal, pond, ' +
      'doob raha, doob gaya, dub raha, dub gaya, pani mein gir gaya, डूब रहा, डूब गया, पानी में गिर गया, ahogado en el agua, cayo al agua, rio, يغرق, غرق, غريق',
  }),
]
