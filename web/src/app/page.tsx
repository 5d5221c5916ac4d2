import { MantineProvider } from '@mantine/core'
import '@mantine/core/styles.css'
import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import './global.css'
import { keepDropsOut } from './keep-drops-out.ts'
import { colorSchemeManager, cssVariables, theme } from './theme.ts'

/** Draws a surface into its page. */
export function renderPage(surface: ReactNode): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('the page has no #root')
  keepDropsOut(window)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
      >
        {surface}
      </MantineProvider>
    </StrictMode>,
  )
}
