import { isIP } from 'node:net'
import { BlockList } from 'node:net'

const INSIDE = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  INSIDE.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INSIDE.addSubnet(net, prefix, 'ipv6')

/** Is this address not on the public net? What is no address is not either. IPv4 within IPv6 counts as what it is. */
export function isInside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return isInside(mapped)
  const family = isIP(address)
  if (family === 0) return true
  if (family === 6 && /^::ffff:/i.test(address)) return true
  return INSIDE.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/** What is wrong with an address to send to, before anybody looks it up; undefined when nothing is. */
export function urlFault(
  text: string,
  insideAllowed: boolean,
): 'address_invalid' | 'address_inside' | undefined {
  if (!URL.canParse(text)) return 'address_invalid'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.hash !== '') return 'address_invalid'
  if (insideAllowed) return /^https?:$/.test(url.protocol) ? undefined : 'address_invalid'
  if (url.protocol !== 'https:') return 'address_invalid'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return isInside(host) ? 'address_inside' : undefined
  return /(^|\.)(localhost|local|internal|intranet|lan|home|corp)$/i.test(host) || !host.includes('.')
    ? 'address_inside'
    : undefined
}
