import type { ProcedureLanguage } from '../procedures/schema.ts'

export type Language = 'en' | ProcedureLanguage

/** What the assistant says by itself, around the procedures. Nothing of it promises help or names an illness. */
interface Frame {
  who: string
  repeat: string
  first: string
  unknown: string
}

export const FRAMES: Readonly<Record<Language, Frame>> = {
  en: {
    who: 'I am an automatic assistant, not a person.',
    repeat: 'These steps still apply:',
    first: 'If the emergency services tell you something else, do what they say.',
    unknown:
      'Your dispatchers have been alerted to your call. I have no procedure for what you wrote. ' +
      'In a few words: is anybody hurt, or is there danger, such as bleeding, a fall, fire or gas? ' +
      'If anybody is in danger, call the emergency number.',
  },
  hi: {
    who: 'मैं एक स्वचालित सहायक हूं, इंसान नहीं।',
    repeat: 'ये कदम अब भी लागू हैं:',
    first: 'आपातकालीन सेवा कुछ और कहे तो उनकी बात मानें।',
    unknown:
      'आपके डिस्पैचर को आपकी कॉल की सूचना मिल चुकी है। आपने जो लिखा उसके लिए मेरे पास कोई निर्देश नहीं है। ' +
      'कुछ शब्दों में बताएं: क्या किसी को चोट लगी है या कोई खतरा है, जैसे खून, गिरना, आग या गैस? ' +
      'किसी को खतरा हो तो आपातकालीन नंबर पर फोन करें।',
  },
  es: {
    who: 'Soy un asistente automático, no una persona.',
    repeat: 'Estos pasos siguen valiendo:',
    first: 'Si los servicios de emergencia dicen otra cosa, haga lo que ellos digan.',
    unknown:
      'Sus operadores han sido avisados de su llamada. No tengo instrucciones para lo que ha escrito. ' +
      'En pocas palabras: ¿hay alguien herido o hay peligro, como sangre, una caída, fuego o gas? ' +
      'Si alguien está en peligro, llame al número de emergencias.',
  },
  ar: {
    who: 'أنا مساعد آلي ولست شخصا.',
    repeat: 'هذه الخطوات ما زالت صالحة:',
    first: 'إذا قالت خدمات الطوارئ غير ذلك فافعل ما تقوله.',
    unknown:
      'تم تنبيه المسؤولين إلى مكالمتك. ليست لدي تعليمات لما كتبته. ' +
      'بكلمات قليلة: هل هناك مصاب أو خطر، مثل نزيف أو سقوط أو حريق أو غاز؟ ' +
      'إذا كان أحد في خطر فاتصل برقم الطوارئ.',
  },
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))
/** Frequent words that English has not. */
const SPANISH = words(
  'el la los las un una de del que en se mi esta está hay y con por para su muy mucho mucha ayuda compañero',
)
const HINDI = words(
  'hai hain ho gaya gayi gaye raha rahi rahe nahi nahin mein se ko ka ki ke kya karu karo mera mere uska usko bhai bahut aur lag le ne hua',
)

/** The language of what a worker wrote, of those that we can answer in; English where nothing says otherwise. */
export function languageOf(text: string): Language {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const share = (script: RegExp): number => (text.match(script)?.length ?? 0) / Math.max(1, letters)
  if (share(/\p{sc=Devanagari}/gu) > 0.3) return 'hi'
  if (share(/\p{sc=Arabic}/gu) > 0.3) return 'ar'
  const all = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const countOf = (list: ReadonlySet<string>): number => all.filter((word) => list.has(word)).length
  const [spanish, hindi] = [countOf(SPANISH), countOf(HINDI)]
  if (hindi >= 2 && hindi > spanish) return 'hi'
  return spanish >= 2 && spanish / all.length >= 0.25 ? 'es' : 'en'
}

const ASKS_AGAIN =
  /\b(clear|clearer|explain|repeat|again|what (now|next|else)|how|understand|what should|samajh|kaise|phir|dobara|no entiendo|explica)\b|समझ|कैसे|फिर|لا افهم|لا أفهم|كيف/iu

/** Does somebody want what was said to be said again? "No, please be more clear." */
export const asksAgain = (text: string): boolean => ASKS_AGAIN.test(text)
