import type { Meaning } from './lexicon.ts'

/**
 * The words that we are sure of in Hindi (both scripts), Spanish and Arabic; folded as `readWords` folds, so without
 * accents, nukta, and with one form of alef. What is missing here only fails to raise.
 */
export const OTHER_LANGUAGES: readonly (readonly [Meaning, string])[] = [
  [
    { topic: 'breathing', urgency: 'CRITICAL' },
    `
    सांस|साँस|श्वास ~2 नहीं|नही|बंद|रुक
    सांस ~1 नहीं ~1 ले|आ
    दम ~1 घुट
    saans|sans|saas|sanse ~2 nahi|nahin|nai|band|ruk
    dam|dum ~1 ghut
    no ~1 respira/n|respiro|respirando
    no puedo|puede|pueden|podemos respirar
    sin respirar|respiracion
    dejo|deja de respirar
    me|se ~1 ahogo|ahoga|ahogando|asfixia|asfixiando
    atraganta/ndo|atragantado|atragantada
    لا|ما|مش|لم ~1 يتنفس|تتنفس|اتنفس|بيتنفس
    لا|ما|مش استطيع|يستطيع|اقدر|يقدر|قادر ~1 التنفس|اتنفس|يتنفس
    اختناق|اختنق|يختنق`,
  ],
  [
    { topic: 'consciousness', urgency: 'CRITICAL' },
    `
    बेहोश
    होश ~1 नहीं|नही
    behosh|behos
    hosh ~1 nahi|nahin
    inconsciente/s
    no ~1 responde/n|reacciona|despierta
    perdio|pierde ~2 conocimiento|consciencia|conciencia
    desmayo|desmayado|desmayada
    فاقد ~1 الوعي|للوعي
    فقد|فقدت ~1 الوعي|وعيه|وعيها
    مغمي ~1 عليه|عليها
    لا|ما ~1 يستجيب`,
  ],
  [
    { topic: 'heart', urgency: 'CRITICAL' },
    `
    दिल ~1 का ~1 दौरा
    dil ~1 ka ~1 daura|dora
    मर ~1 रहा|रही|गया|गई|जाऊंगा
    mar ~1 raha|rahi|gaya|gayi|jaunga|jayega
    infarto|paro cardiaco
    ataque ~2 corazon|cardiaco
    sin|no pulso
    no ~1 tiene pulso
    me|se|esta ~1 muriendo|muero
    نوبه|ازمه|جلطه ~1 قلبيه
    سكته ~1 قلبيه
    يموت|بموت|اموت|يحتضر`,
  ],
  [
    { topic: 'heart', urgency: 'HIGH' },
    `
    सीने ~2 दर्द
    seene|sine ~2 dard
    dolor ~3 pecho
    الم ~2 صدري|الصدر|صدره`,
  ],
  [
    { topic: 'bleeding', urgency: 'CRITICAL' },
    `
    बहुत|काफी ~2 खून
    bahut|bohot|bahot ~2 khoon|khun
    khoon|khun ~1 bahut|nahi|nahin ~1 ruk|nikal|beh
    खून ~1 नहीं ~1 रुक
    mucha|mucho|tanta ~1 sangre
    sangr/a/ando ~2 mucho|demasiado|abundante
    hemorragia
    نزيف|ينزف ~1 شديد|كثيرا|بشده|حاد`,
  ],
  [
    { topic: 'bleeding', urgency: 'HIGH' },
    `
    खून|khoon|khun|sangre|sangrando|sangra|sangrado|نزيف|ينزف|تنزف|انزف|دم`,
  ],
  [
    { topic: 'fire', urgency: 'CRITICAL' },
    `
    आग ~2 लग|लगी|लगा|लगने|फैल
    aag ~2 lag|lagi|laggayi|lagi|phail|fail
    धमाका|विस्फोट|dhamaka|visfot
    hay ~2 fuego|incendio|llamas
    incendio|explosion|exploto|explota
    en llamas
    se ~1 quema|incendia|quemando|incendio
    حريق|انفجار|انفجر
    النار ~1 تشتعل|مشتعله|انتشرت`,
  ],
  [
    { topic: 'fire', urgency: 'HIGH' },
    `
    आग|धुआं|धुंआ|जल ~1 गया|गई
    jal ~1 gaya|gayi|raha|rahi
    aag|dhuan|dhua|fuego|humo|quemado|quemada|quemadura/s|نار|النار|دخان|حروق`,
  ],
  [
    { topic: 'gas', urgency: 'CRITICAL' },
    `
    गैस ~2 लीक|रिसाव|रिस
    gas|gais ~2 leak|lik|risav
    fuga|escape ~2 gas|amoniaco|cloro
    تسرب|تسريب ~1 غاز|الغاز`,
  ],
  [
    { topic: 'gas', urgency: 'HIGH' },
    `
    olor|huele ~2 gas
    रिसाव|गैस ~2 बदबू|गंध
    رائحه ~1 غاز`,
  ],
  [
    { topic: 'trapped', urgency: 'CRITICAL' },
    `
    फंस|फस|दब ~1 गया|गई|गए|गये|हुआ|हूं
    मलबे
    phas|fas|phans|fans|dab ~1 gaya|gayi|gaye|hua
    atrapad/o/a/os/as|enterrad/o/a/os|derrumbe|derrumbo|colapso
    محاصر|محاصرون|عالق|عالقون|انهيار|انهار
    تحت ~1 الانقاض`,
  ],
  [
    { topic: 'fall', urgency: 'HIGH' },
    `
    गिर|गिरा ~1 गया|गई|गए|पड़ा|गये
    gir ~1 gaya|gayi|gaye|pada
    हड्डी ~2 टूट
    haddi ~2 toot|tut
    cayo|caido|caida|caer ~2 de|del|desde|andamio|techo
    se|me cayo|cai
    fractura|roto ~2 pierna|brazo|hueso
    سقط|سقطت|وقع من|عن
    سقط|سقطت|كسر|كسور`,
  ],
  [
    { topic: 'fall', urgency: 'CRITICAL' },
    `
    छत|ऊपर|ऊंचाई|सीढ़ी ~2 गिर
    chhat|chat|upar|unchai ~2 gir
    cayo|caido|cai ~3 andamio|techo|escalera|altura|tejado|grua|piso
    سقط|سقطت|وقع ~2 السقف|السقاله|السطح|سلم|ارتفاع`,
  ],
  [
    { topic: 'power', urgency: 'CRITICAL' },
    `
    करंट ~2 लग|लगा|मार
    current|karant ~1 lag|laga|mara
    electrocutad/o/a|electrocuto|electrocucion
    descarga electrica
    صعق|صعقه|انصعق|تكهرب ~2 كهربا|كهربائيه|بالكهرباء
    تكهرب`,
  ],
  [
    { topic: 'water', urgency: 'CRITICAL' },
    `
    डूब
    doob|dub ~1 raha|rahi|gaya|gayi
    ahogando|ahogado|ahogada|يغرق|غرق|غريق`,
  ],
  [
    { topic: 'violence', urgency: 'CRITICAL' },
    `
    चाकू|गोली|बंदूक|हमला|chaku|chaaku|goli|bandook|hamla
    cuchillo|pistola|arma|apunalado|apunalaron|dispar/o/os/aron/ando|tiroteo
    me|nos|lo|la ~2 ataca/n|atacando|matar|golpean
    amenaza/n ~3 matar|matarme|muerte|cuchillo
    سكين|مسدس|سلاح|طعن|طعنه|اطلاق ~1 نار|النار
    هجوم|يهاجمني|يضربني|سيقتلني|يقتلني`,
  ],
  [
    { topic: 'violence', urgency: 'HIGH' },
    `
    धमकी|मार ~1 रहा|रहे
    dhamki|maar ~1 raha|rahe
    amenaza/n/ndo|pelea|تهديد|يهددني|شجار`,
  ],
  [
    { topic: 'brain', urgency: 'CRITICAL' },
    `
    लकवा|मिर्गी|दौरा ~1 पड़
    lakwa|mirgi
    derrame cerebral
    convulsion|convulsiones|convulsionando
    سكته ~1 دماغيه
    تشنج|تشنجات|صرع`,
  ],
  [
    { topic: 'poison', urgency: 'CRITICAL' },
    `
    जहर|तेजाब ~1 पी|खा|आंख
    zeher|zehar|jahar|tezab|envenenad/o/a|veneno|sobredosis|intoxicad/o/a/os
    acido ~3 ojos|ojo|cara
    تسمم|حمض`,
  ],
  [
    { topic: 'crush', urgency: 'CRITICAL' },
    `
    कट ~1 गया|गई
    उंगली|हाथ|पैर|हात ~1 कट|कुचल
    कुचल
    ungli|haath|hath|pair ~1 kat|kuchal
    aplastad/o/a|amputad/o/a|atropellad/o/a|atropello
    perdio|corto|cortado ~2 dedo|dedos|mano|brazo|pierna
    بتر|مبتور|دهس|دهسه|سحق
    قطع|انقطع ~1 اصبعه|يده|اصبع|يد|ساقه`,
  ],
  [
    { topic: 'weather', urgency: 'CRITICAL' },
    `
    लू ~1 लग
    loo ~1 lag
    golpe ~1 calor
    insolacion|hipotermia|terremoto
    ضربه ~1 شمس|حراره
    زلزال`,
  ],
  [
    { topic: 'suicide', urgency: 'CRITICAL' },
    `
    आत्महत्या|खुदकुशी
    मरना ~1 चाहता|चाहती
    जान ~1 दे ~1 दूंगा|दूंगी
    aatmahatya|khudkushi|khudkhushi
    marna ~1 chahta|chahti
    suicidio|suicidarme|suicidarse|suicidar
    quiero|quiere ~1 morir|morirme|matarme
    انتحار|انتحر|سانتحر
    اريد ~2 اموت|الموت`,
  ],
  [
    { topic: 'general', urgency: 'HIGH' },
    `
    बचाओ|एम्बुलेंस|एंबुलेंस|आपातकाल|इमरजेंसी|bachao|bachaao
    emergencia|ambulancia|auxilio|socorro|accidente|النجده|انقذوني|انقذونا|اسعاف|الاسعاف|طوارئ|حادث`,
  ],
  [
    { topic: 'general', urgency: 'MEDIUM' },
    `
    चोट|दर्द|चक्कर|खतरा|घायल|chot|dard|chakkar|khatra|ghayal
    herid/o/a/os|dolor|duele|mareado|mareada|peligro|lesionad/o/a|مصاب|جريح|الم|دوخه|خطر|جرح`,
  ],
]
