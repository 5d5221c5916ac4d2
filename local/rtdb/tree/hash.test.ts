import { expect, test } from 'vitest'

import { nodeFromJson } from './json.ts'

/** Hashes that the service and its clients agree on. */
test.each([
  ['an integer', 4, 'eVih19a6ZDz3NL32uVBtg9KSgQY='],
  ['a fraction', 4.5623, 'vf1CL0tIRwXXunHcG/irRECk3lY='],
  ['text', 'hey guys', 'CUNLXWpCVoJE6z7z1vE57lGaKAU='],
  ['a boolean', true, 'E5z61QM0lN/U2WsOnusszCTkR8M='],
  ['the lowest number', -1.7976931348623157e308, '7HxgOBDEC92uQwhCuuvKA2rbXDA='],
  ['the highest number', 1.7976931348623157e308, '8R+ekVQmxs6ZWP0fdzFHxVeGnWo='],
  ['text beyond ASCII', 'unicode ✔ 🐵 🌴 x͢', 'JoKoFUnbmg3/DlY70KaDWslfYPk='],
  [
    'a leaf with a priority',
    { '.value': 12345678901234568, '.priority': '🐵' },
    '+E+Mxlqh5MhT+On05bjsZ6JaaxI=',
  ],
  [
    'a map',
    { intNode: 4, doubleNode: 4.5623, stringNode: 'hey guys', boolNode: true },
    '6Mc4jFmNdrLVIlJJjz2/MakTK9I=',
  ],
  [
    'text priorities',
    { root: { c: { '.value': 99, '.priority': 'abc' }, '.priority': 'def' } },
    'Fm6tzN4CVEu5WxFDZUdTtqbTVaA=',
  ],
  [
    'number priorities',
    { root: { c: { '.value': 99, '.priority': 42 }, '.priority': 3.14 } },
    'B15QCqrzCxrI5zz1y00arWqFRFg=',
  ],
  ['nothing', null, ''],
])('the hash of %s is the one that clients compute', (_what, json, expected) => {
  expect(nodeFromJson(json).hash()).toBe(expected)
})

test('children are hashed by priority first and by key second', () => {
  const sorted = nodeFromJson({ a: { '.value': 1, '.priority': 2 }, b: { '.value': 1, '.priority': 1 } })
  const swapped = nodeFromJson({ a: { '.value': 1, '.priority': 1 }, b: { '.value': 1, '.priority': 2 } })
  expect(sorted.hash()).not.toBe(swapped.hash())
})

test('half a surrogate pair is told apart from another half', () => {
  expect(nodeFromJson('\ud83d').hash()).not.toBe(nodeFromJson('\ud83e').hash())
})
