import { chromium, type Browser } from 'playwright-core'
import { findChromium } from '../suite/chromium.ts'

/** A Chromium without a window for a browser test; whoever opens it closes it. Throws when there is none. */
export async function openChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('The browser tests need Chromium: set CHROMIUM_PATH')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-sync',
      // A microphone that beeps, and nobody to ask whether it may be used.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  })
}
