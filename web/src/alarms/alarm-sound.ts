/** `locked`: the browser plays nothing before somebody has pressed something on the page. `none`: it cannot at all. */
export type SoundState = 'locked' | 'ready' | 'none'

/** Beeps, by how loud an alarm is: how many, how high (Hz), and how much of the full volume. */
const VOICES = [
  { beeps: 2, pitch: 660, gain: 0.12 },
  { beeps: 3, pitch: 880, gain: 0.3 },
  { beeps: 5, pitch: 1_040, gain: 0.6 },
] as const
const BEEP_S = 0.16

/** The console's one voice. Browsers let a page make sounds only after a press; the one that logs in is such. */
class AlarmSound {
  readonly #listeners = new Set<() => void>()
  #context: AudioContext | undefined

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): SoundState => {
    if (typeof AudioContext === 'undefined') return 'none'
    return this.#context?.state === 'running' ? 'ready' : 'locked'
  }

  /** To be called while a press is handled; at any other moment the browser refuses, and `state` says so. */
  readonly unlock = (): void => {
    if (typeof AudioContext === 'undefined') return
    if (this.#context === undefined) {
      this.#context = new AudioContext()
      this.#context.addEventListener('statechange', this.#tell)
    }
    this.#context.resume().then(this.#tell, this.#tell)
  }

  /** @param level of the alarm, from 1 on */
  play(level: number): void {
    const context = this.#context
    if (context?.state !== 'running') return
    const { beeps, pitch, gain } = VOICES[Math.min(level, VOICES.length) - 1] ?? VOICES[0]
    for (let beep = 0; beep < beeps; beep += 1) {
      const start = context.currentTime + beep * BEEP_S * 1.5
      const oscillator = new OscillatorNode(context, { frequency: pitch, type: 'triangle' })
      const volume = new GainNode(context, { gain: 0 })
      // Ramps, for a sound that is cut begins and ends with a crack.
      volume.gain.setValueAtTime(0, start)
      volume.gain.linearRampToValueAtTime(gain, start + 0.02)
      volume.gain.linearRampToValueAtTime(0, start + BEEP_S)
      oscillator.connect(volume).connect(context.destination)
      oscillator.start(start)
      oscillator.stop(start + BEEP_S)
    }
  }

  readonly #tell = (): void => {
    for (const listener of this.#listeners) listener()
  }
}

export const alarmSound = new AlarmSound()
