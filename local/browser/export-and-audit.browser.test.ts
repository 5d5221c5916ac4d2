import { readFile } from 'node:fs/promises'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { specCall } from '../cast/cast.ts'
import { accessibilityFaults, logInAsAdmin, openCall, picture } from './people.ts'
import { useProduct } from './product.ts'

const product = useProduct()

const details = (page: Page) => page.getByRole('complementary', { name: 'Details of the call' })

async function textOf(path: string): Promise<string> {
  const pdf = await getDocument({ data: new Uint8Array(await readFile(path)) }).promise
  const pages: string[] = []
  for (let at = 1; at <= pdf.numPages; at += 1) {
    const { items } = await (await pdf.getPage(at)).getTextContent()
    pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''))
  }
  return pages.join('\n')
}

async function exportAs(page: Page, format: 'PDF' | 'JSON'): Promise<string> {
  const saving = page.waitForEvent('download')
  await details(page).getByRole('button', { name: 'Export the conversation' }).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${format}`) }).click()
  const download = await saving
  expect(download.suggestedFilename()).toBe(`${specCall.conversation_id}.${format.toLowerCase()}`)
  await details(page).getByText(`The ${format} was saved.`).waitFor()
  return await download.path()
}

test('a conversation is exported from the console, and its PDF can be read and searched', async () => {
  const ava = await product().newPerson({ viewport: { width: 1280, height: 900 } })
  await logInAsAdmin(ava, 'ava@acme.example')
  await openCall(ava, 'Ravi Deshmukh')
  await details(ava).getByRole('heading', { name: 'What happened' }).waitFor()
  const text = await textOf(await exportAs(ava, 'PDF'))
  expect(text).toContain('My friend is falling from a floor, what should I do?')
  expect(text).toContain('Ravi Deshmukh')
  expect(text).toMatch(/SHA-256 [0-9a-f]{64}/)

  const json = JSON.parse(await readFile(await exportAs(ava, 'JSON'), 'utf8')) as {
    messages: unknown[]
    digest: { content: string }
  }
  expect(json.messages).toHaveLength(2)
  // Two exports of the unchanged conversation have the same content.
  expect(text.replaceAll(/\s/g, '')).toContain(json.digest.content)
  await details(ava).getByRole('button', { name: 'Export the conversation' }).scrollIntoViewIfNeeded()
  await picture(ava, 'export-details')
  expect(await accessibilityFaults(ava)).toEqual([])
  await ava.context().close()
})

test('a manager finds in the audit log who has read and exported, and an agent is refused', async () => {
  const ben = await product().newPerson({ viewport: { width: 1280, height: 900 } })
  await logInAsAdmin(ben, 'ben@acme.example')
  await openCall(ben, 'Ravi Deshmukh')
  await exportAs(ben, 'JSON')
  expect(await ben.getByRole('link', { name: 'Audit' }).count()).toBe(0)
  await ben.goto(`${new URL(ben.url()).origin}/console/audit`)
  await ben.getByText('The audit log is for managers').waitFor()
  await picture(ben, 'audit-refused')
  expect(await accessibilityFaults(ben)).toEqual([])

  for (const colorScheme of ['light', 'dark'] as const) {
    const ava = await product().newPerson({ viewport: { width: 1280, height: 900 }, colorScheme })
    await logInAsAdmin(ava, 'ava@acme.example')
    await ava.getByRole('link', { name: 'Audit' }).click()
    const log = ava.getByRole('list', { name: 'Entries, latest first' })
    await log.getByText('Ben Okafor exported a conversation').first().waitFor()
    await log.getByText('Denied: not a manager').first().waitFor()
    await ava.getByLabel('What').selectOption('conversation.export')
    await log.getByText('followed a conversation').first().waitFor({ state: 'detached' })
    await picture(ava, `audit-${colorScheme}`)
    expect(await accessibilityFaults(ava)).toEqual([])
    await ava.context().close()
  }
  await ben.context().close()
})
