/** What stands on the page's tab: how many alarms are open, as a number on a red ground. */
function badgeIcon(count: number): string {
  const text = count > 9 ? '9+' : String(count)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#b3201a"/><text x="16" y="23" font-family="sans-serif" font-size="19" font-weight="700" text-anchor="middle" fill="#fff">${text}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

const PLAIN_ICON = '/assets/lifeline-v1.svg'

export function showBadge(count: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (link !== null) link.href = count === 0 ? PLAIN_ICON : badgeIcon(count)
}
