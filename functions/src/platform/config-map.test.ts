import { expect, test } from 'vitest'
import { loadConfig } from './config.ts'

const DEPLOYED = { GCLOUD_PROJECT: 'lifeline', FIREBASE_API_KEY: 'key', JWT_SECRET: 's'.repeat(32) }
const load = (url: string | undefined, attribution: string | undefined) =>
  loadConfig({ ...DEPLOYED, MAP_TILES_URL: url, MAP_TILES_ATTRIBUTION: attribution }).mapTiles

test('asks nobody for map tiles unless the company has chosen whom', () => {
  expect([load(undefined, undefined), load('', '')]).toEqual([null, null])
})

test.each([
  'https://tiles.example.org/{z}/{x}/{y}.png',
  'https://tiles.example.org:8443/v1/{z}/{y}/{x}{r}?key=abc-123',
  'https://tiles.example.org/wmts?TileMatrix={z}&TileCol={x}&TileRow={y}',
  'http://127.0.0.1:8080/{z}/{x}/{y}.png',
  'http://localhost:8080/{z}/{x}/{y}.png',
])('takes the template %s', (url) => {
  expect(load(url, ' © Example Maps ')).toEqual({ url, attribution: '© Example Maps' })
})

test.each<[string, string, string]>([
  ['no address', 'tiles', 'MAP_TILES_URL: must be an address such as'],
  ['plain HTTP', 'http://tiles.example.org/{z}/{x}/{y}.png', 'MAP_TILES_URL: must begin with https://'],
  ['another scheme', 'javascript:alert(1)//{z}/{x}/{y}', 'MAP_TILES_URL: must begin with https://'],
  ['a password', 'https://me:pw@tiles.example.org/{z}/{x}/{y}', 'MAP_TILES_URL: must not hold a user name'],
  ['no zoom', 'https://tiles.example.org/{x}/{y}.png', 'MAP_TILES_URL: must hold {z}'],
  ['no row', 'https://tiles.example.org/{z}/{x}.png', 'MAP_TILES_URL: must hold {y}'],
  ['many hosts', 'https://{s}.tiles.example.org/{z}/{x}/{y}.png', 'MAP_TILES_URL: must not hold {s}'],
  ['the place in the host', 'https://{z}.example.org/{z}/{x}/{y}', 'MAP_TILES_URL: must name one plain host'],
  [
    'a policy in the host',
    "https://a.example;img-src'*'/{z}/{x}/{y}",
    'MAP_TILES_URL: must name one plain host',
  ],
  ['an open brace', 'https://tiles.example.org/{z}/{x}/{y}/{key', 'MAP_TILES_URL: must not hold {key'],
])('refuses %s and says so', (_, url, message) => {
  expect(() => load(url, '© Example Maps')).toThrow(message)
})

test('wants address and attribution together, the latter as plain text', () => {
  const url = 'https://tiles.example.org/{z}/{x}/{y}.png'
  expect(() => load(url, undefined)).toThrow('MAP_TILES_ATTRIBUTION: is required')
  expect(() => load(undefined, '© Example Maps')).toThrow('MAP_TILES_URL: is required')
  expect(() => load(url, '<a href="x">Maps</a>')).toThrow('MAP_TILES_ATTRIBUTION: must be plain text')
})
