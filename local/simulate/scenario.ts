/** What the simulated worker lives through: seconds since the line before, and what they write. */
export interface Line {
  afterSeconds: number
  text: string
}

export const scenario: { urgency: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW'; lines: readonly Line[] } = {
  urgency: 'HIGH',
  lines: [
    {
      afterSeconds: 0,
      text: 'The scaffold on the north side moved. I am on level 3 and I do not dare to walk.',
    },
    { afterSeconds: 5, text: 'Two of us are up here, me and Sunil.' },
    { afterSeconds: 7, text: 'Sunil hit his shoulder on the rail. He says he can move his fingers.' },
    { afterSeconds: 8, text: 'There is a gap of maybe 40 cm between the platform and the wall now' },
    { afterSeconds: 6, text: 'we are both clipped on' },
    { afterSeconds: 9, text: 'The wind is getting stronger. The boards are shaking.' },
    { afterSeconds: 8, text: 'People below are looking up but nobody has closed the area!' },
    {
      afterSeconds: 10,
      text: 'Gate B is the nearest way in for a lift, the main gate is blocked by a truck',
    },
    { afterSeconds: 9, text: 'Sunil feels a bit dizzy now. He is sitting down, I hold his harness.' },
    { afterSeconds: 12, text: 'मैं ठीक हूँ, but my hands are cold. Are you seeing this?' },
    { afterSeconds: 14, text: 'They have closed the area below. Somebody is bringing the lift.' },
    { afterSeconds: 15, text: 'I can see the lift coming round the corner 🙏' },
  ],
}
