import type { Template } from '@lifeline/functions/contract'
import { expect, test } from 'vitest'
import { findTemplates, insertTemplate, templateQuery } from './templates.ts'

const template = (template_id: string, title: string, text: string): Template => ({
  template_id,
  stage: 'safety',
  title,
  text,
  origin: 'standard',
})
const TEMPLATES = [template('a', 'Ask where', 'Where are you?'), template('b', 'Stay', 'Help is coming')]

test.each([
  ['', null],
  ['/', ''],
  ['/ask where', 'ask where'],
  ['see /var', null],
  ['/path\nand more', null],
])('%j asks for the phrases about %j', (text, expected) => {
  expect(templateQuery(text)).toBe(expected)
})

test.each([
  ['', ['a', 'b']],
  ['WHERE', ['a']],
  ['safety help', ['b']],
  ['nothing like it', []],
])('%j finds %j', (query, expected) => {
  expect(findTemplates(TEMPLATES, query).map(({ template_id }) => template_id)).toEqual(expected)
})

test.each([
  ['/ask', 'Where are you?'],
  ['  ', 'Where are you?'],
  ['Hello. ', 'Hello. Where are you?'],
])('a phrase chosen at %j makes %j', (text, expected) => {
  expect(insertTemplate(text, 'Where are you?')).toBe(expected)
})
