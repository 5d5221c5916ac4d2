import { expect, test } from 'vitest'
import { exampleExport, pdfOf } from '../testing/example-export.ts'
import { pagesOf } from '../testing/pdf-text.ts'

/** How readers put blanks differs; the letters and their order do not. */
const letters = (text: string) => text.replaceAll(/\s|\u200d|\ufe0f/g, '')

test.each([
  ['English', 'My friend is falling — “what” should I do? Café'],
  ['Arabic', 'أنا عالق في الطابق الثالث'],
  ['Urdu', 'براہ کرم مدد کریں'],
  ['Hebrew', 'אני לכוד בקומה'],
  ['Hindi', 'मैं तीसरी मंज़िल पर फँसा हूँ, क्षत्रिय ज्ञान विद्यार्थी स्त्री'],
  ['Bengali', 'আমি তৃতীয় তলায় আটকে আছি, ক্ষমা শক্তি'],
  ['Tamil', 'நான் மூன்றாவது மாடியில் சிக்கிக்கொண்டேன்'],
  ['Russian and Greek', 'Помогите! Γειά σου'],
  ['emoji', 'Help 🆘 fire 🔥'],
])('the words of a document can be found and copied as they were written: %s', async (_script, words) => {
  const [page = ''] = await pagesOf(await pdfOf(exampleExport([words])))
  expect(letters(page)).toContain(letters(words))
})

test('what no font has is named by its code points, and never left out', async () => {
  const [page = ''] = await pagesOf(await pdfOf(exampleExport(['救命!'])))
  expect(page).toContain('[U+6551][U+547D]!')
})

test('a long conversation has its digest and its number on every page', async () => {
  const record = exampleExport(Array.from({ length: 120 }, (_, at) => `Message ${at}`))
  const pages = await pagesOf(await pdfOf(record))
  expect(pages.length).toBeGreaterThan(5)
  for (const [at, page] of pages.entries()) {
    expect(page).toContain(`SHA-256 ${record.digest.whole}`)
    expect(page).toContain(`page ${at + 1}`)
  }
  const all = pages.join('\n')
  for (let at = 0; at < 120; at += 1) expect(all).toContain(`Message ${at}\n`)
})

test('the same export is the same document, to the byte', async () => {
  const record = exampleExport(['مرحبا', 'Hello'])
  expect((await pdfOf(record)).equals(await pdfOf(record))).toBe(true)
})
