import { define } from './define.ts'

/** Danger from people, fear, and being alone. */
export const PERSON = [
  define('violence', 1, {
    title: 'Violence or a threat',
    steps: [
      'If you can leave safely, go now and leave your things.',
      'If you cannot, hide: lock or block the door, put out the light, and silence your phone.',
      'Call the emergency number when you can do it unheard. Write here if you cannot speak.',
      'If you face the person: keep your distance, hands in sight, voice low, and give them what they ask for.',
      'When you are safe, look after whoever is hurt.',
      'Remember what the person looked like and which way they went.',
    ],
    avoid: [
      'Do not argue and do not block their way out.',
      'Do not go back, and do not follow them.',
      'Do not show your phone to the person.',
    ],
    keywords:
      'violence, violent, attacked, attack, attacker, threat, threatened, threatening, knife, gun, weapon, shooting, shots, robbery, robbed, robber, fight, beating, following me, stalker, intruder, broke in, harassed, ' +
      'maar raha, maar rahe, chaku, chaaku, bandook, goli, dhamki, hamla, loot, mera peecha, मार रहा, चाकू, बंदूक, गोली, धमकी, हमला, लूट, पीछा कर रहा, ' +
      'me ataca, atacando, cuchillo, pistola, amenaza, amenazando, robo, pelea, disparos, يهاجمني, سكين, مسدس, تهديد, يضربني, سرقة, إطلاق نار',
  }),
  define('panic', 6, {
    title: 'Panic or great fear',
    steps: [
      'Move to a quiet and safe place and sit down.',
      'Breathe in slowly while you count to 4, and out slowly while you count to 6. Repeat.',
      'Name five things that you see and feel your feet on the ground.',
      'Tell somebody near you, or write here how it goes.',
      'Call the emergency number if there is chest pain, if you feel faint, or if it does not pass in some minutes.',
    ],
    avoid: ['Do not breathe into a bag.', 'Do not drive or climb until it has passed.'],
    keywords:
      'panic, panic attack, panicking, anxiety, anxious, scared, terrified, afraid, frightened, cannot calm down, breathing too fast, hyperventilating, trembling with fear, ' +
      'dar lag raha, ghabrahat, ghabra raha, bahut dar, darr, डर लग रहा, घबराहट, बहुत डर, ' +
      'panico, ataque de panico, ansiedad, tengo miedo, asustado, miedo, هلع, نوبة هلع, خائف, خوف, قلق',
  }),
  define('lost-alone', 5, {
    title: 'Lost, stranded or alone',
    steps: [
      'Stop and stay where you are if it is safe there.',
      'Send your place from this page, and write what you see: signs, numbers, roads, water.',
      'Find shelter from sun, wind, rain or cold, and put on all you have against cold.',
      'Make yourself seen: bright clothes, light, three whistles or knocks again and again.',
      'Save your battery: dim the screen and close other apps.',
      'Drink in small sips and rest. Call the emergency number if you are hurt, ill or in danger.',
    ],
    avoid: [
      'Do not walk on in the dark or cross water that flows fast.',
      'Do not leave your vehicle if it is safe in it.',
    ],
    keywords:
      'lost, i am lost, lost my way, dont know where i am, where am i, stranded, alone, all alone, stuck alone, broken down, nobody here, forest, desert, battery low, no signal, dark here, ' +
      'rasta bhool gaya, kho gaya, akela, akela hoon, kahan hoon, jungle mein, रास्ता भूल गया, खो गया, अकेला, जंगल में, ' +
      'perdido, estoy perdido, no se donde estoy, solo, varado, ضائع, تهت, وحدي, لا أعرف أين أنا',
  }),
]
