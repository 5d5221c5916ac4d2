import { createTheme, localStorageColorSchemeManager, type CSSVariablesResolver } from '@mantine/core'

/** One type family, four sizes (12, 14, 16, 20), a 4 px grid, one accent. Colours live in `global.css`. */
export const theme = createTheme({
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Devanagari", "Helvetica Neue", Arial, sans-serif',
  fontSizes: { xs: '12px', sm: '14px', md: '16px', lg: '20px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '24px', lg: '28px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  cursorType: 'pointer',
  respectReducedMotion: true,
  colors: {
    // Mantine draws its dark fields and menus from these; the same neutrals as in `global.css`.
    dark: [
      '#e9ebf0',
      '#c6ccd8',
      '#9fa8b8',
      '#6b7486',
      '#3d4452',
      '#272c36',
      '#1e222b',
      '#15181e',
      '#0f1216',
      '#0a0c0f',
    ],
    accent: [
      '#eef1ff',
      '#dde3ff',
      '#bac6ff',
      '#93a5fb',
      '#6f86f2',
      '#4a63e0',
      '#3b55d9',
      '#2f46ba',
      '#273b9b',
      '#20307c',
    ],
  },
})

/** Mantine's own surfaces, told to use ours. */
export const cssVariables: CSSVariablesResolver = () => {
  const ours = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-quiet)',
    '--mantine-color-placeholder': 'var(--text-quiet)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-error': 'var(--critical)',
    '--mantine-color-anchor': 'var(--accent-text)',
  }
  return { variables: {}, light: ours, dark: ours }
}

/** The same key that `color-scheme-v1.js` reads before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'lifeline-color-scheme' })
