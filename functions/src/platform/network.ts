import { isIPv6 } from 'node:net'

/**
 * What one caller cannot leave: an IPv4 address, or the /64 that an IPv6 host is given whole and may take any address
 * of. Anything else is kept as it is.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const embedded = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (embedded !== undefined) return embedded
  const [left = '', right] = (address.split('%')[0] ?? '').split('::')
  const groups = left.split(':').filter(Boolean)
  const tail = (right ?? '').split(':').filter(Boolean)
  const zeros = right === undefined ? 0 : 8 - groups.length - tail.length
  const all = [...groups, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...tail]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
