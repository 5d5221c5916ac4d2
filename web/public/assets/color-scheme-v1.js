// Before the first paint, so that nobody is blinded at night. The name carries a version: the file is cached for ever.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('lifeline-color-scheme')
  } catch {
    // Storage may be forbidden; the device's own scheme it is.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
