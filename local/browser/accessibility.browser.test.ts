import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChromium } from './chromium.ts'
import { accessibilityFaults } from './people.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser.close())

const pageWith = (content: string): string =>
  `<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>${content}</main></html>`

test('what is wrong on a page is named, every place of it, and no longer when it is right', async () => {
  const page = await browser.newPage()
  await page.setContent(
    pageWith(
      '<img id="face" src="data:,"><img id="map" src="data:,"><p style="color: #bbb; background: #fff">Pale</p>' +
        '<div role="checkbox" tabindex="0" aria-checked="maybe"></div>',
    ),
  )
  const faults = [
    'aria-toggle-field-name: div',
    'aria-valid-attr-value: div',
    'color-contrast: p',
    'image-alt: #face',
    'image-alt: #map',
  ]
  expect((await accessibilityFaults(page)).toSorted()).toEqual(faults)
  await page.locator('img').evaluateAll((images) => {
    for (const image of images) image.setAttribute('alt', '')
  })
  expect((await accessibilityFaults(page)).toSorted()).toEqual(faults.slice(0, 3))
  await page.setContent(pageWith('<p>Dark</p>'))
  expect(await accessibilityFaults(page)).toEqual([])
})
