import type { Locator, Page } from 'playwright-core'

/** What somebody does at the Q&A, in their own words. */

export const builder = (page: Page) => page.getByRole('form', { name: 'Ask a question' })
export const answers = (page: Page) => page.getByRole('list', { name: 'Answers' }).getByRole('article')

/** The eye sees the label of a chip; its box is for the keyboard. */
export const chip = (place: Locator, words: string) =>
  place.locator('.mantine-Chip-label', { hasText: words })

export async function openQa(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Q&A' }).click()
  await page.getByRole('heading', { name: 'Sessions' }).waitFor()
  await builder(page).getByRole('list', { name: 'Prospects' }).waitFor()
}

/** Selects everybody that is found; how many they are. */
export async function selectAll(page: Page): Promise<number> {
  const button = builder(page).getByRole('button', { name: /^Select all \d+$/ })
  const count = Number(/\d+/.exec((await button.textContent()) ?? '')?.[0])
  await button.click()
  await builder(page).getByText(`${count} of at most 500 selected`).waitFor()
  return count
}

export const question = (page: Page): Locator => builder(page).getByLabel('Question', { exact: true })

/** Asks those who are selected, and sees the session open. */
export async function ask(page: Page, words: string): Promise<void> {
  await question(page).fill(words)
  await builder(page)
    .getByRole('button', { name: /^Ask \d+ prospects?$/ })
    .click()
  await page.waitForURL(/\/console\/qa\/QS-/)
  await page.getByRole('heading', { name: words }).waitFor()
}
