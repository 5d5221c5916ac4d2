import type { Template } from './schema.ts'

type Phrase = readonly [id: string, stage: Template['stage'], title: string, text: string]

/**
 * Our own wording of what text-to-emergency services say at each step: short sentences, one question at a time, no
 * abbreviations, and nothing that a reader in danger could take for the end of help.
 */
const PHRASES: readonly Phrase[] = [
  [
    'greeting',
    'greeting',
    'Greeting',
    'You have reached the emergency desk. I am reading with you now. What is happening?',
  ],
  [
    'greeting-joined',
    'greeting',
    'Taking over',
    'I have taken over this conversation and have read what you wrote. I stay with you.',
  ],
  [
    'confirm-location',
    'location',
    'Ask where',
    'Where are you right now? Building, floor, machine or road, and anything that can be seen from there.',
  ],
  [
    'repeat-location',
    'location',
    'Confirm where',
    'Let me be sure that I have the right place. Please write the address or the site once more.',
  ],
  [
    'safe-to-text',
    'safety',
    'Safe to write',
    'Is it safe for you to write? If not, send only Y or N and I will ask questions you can answer that way.',
  ],
  [
    'silence-phone',
    'safety',
    'Silence the phone',
    'If sound could give you away, turn off ringing and vibration. I will keep writing here.',
  ],
  [
    'leave-danger',
    'safety',
    'Leave the danger',
    'If you can leave safely, go now and take your phone. Write as soon as you have stopped.',
  ],
  [
    'injuries',
    'details',
    'Injuries',
    'Is anybody hurt? How many people, are they awake, and are they breathing?',
  ],
  ['dangers', 'details', 'Dangers', 'Is there fire, smoke, gas, electricity, or somebody who threatens you?'],
  [
    'help-on-the-way',
    'waiting',
    'Help is coming',
    'Help is on its way to you. Keep your phone with you, and tell me at once if anything changes.',
  ],
  [
    'stay-on-the-line',
    'waiting',
    'Stay with me',
    'Stay with me and do not close this page. I am still here, also while I arrange things.',
  ],
  [
    'are-you-there',
    'waiting',
    'Still there?',
    'I have not read from you for a while. Are you still there? One letter is enough.',
  ],
  [
    'call-if-you-can',
    'waiting',
    'Call if you can',
    'If speaking is safe, call the emergency number of your country too. I keep reading here meanwhile.',
  ],
  [
    'handover',
    'closing',
    'Handing over',
    'A colleague is taking over now and knows everything that you wrote. You are not left alone.',
  ],
  [
    'end',
    'closing',
    'End',
    'I am ending this conversation now. If anything changes, open the page again and start a new call at once.',
  ],
]

/** Ours, for every company that has not put its own in their place. */
export const STANDARD_TEMPLATES: readonly Template[] = PHRASES.map(([template_id, stage, title, text]) => ({
  template_id,
  stage,
  title,
  text,
  origin: 'standard',
}))
