import type { IncomingMessage } from 'node:http'
import { isIPv4, isIPv6 } from 'node:net'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whom it comes from; `ip` is only who holds the connection, behind a proxy the proxy. */
    readonly clientAddress: string
  }
}

// Every proxy on the way adds, at the end of `X-Forwarded-For`, the address that it was asked from. So the last
// entries were written by our own proxies, and whatever stands before them is the client's own claim: believed, it
// would let everybody choose the address that limits count. Of N trusted proxies exactly N entries are read, counted
// from the end; the connection itself is the entry before the first.

/** Eight numbers of 16 bits; the last two may be written like IPv4. */
const hextetsOf = (address: string): number[] => {
  const [text = ''] = address.split('%')
  const read = (part: string | undefined): number[] =>
    (part ?? '')
      .split(':')
      .filter(Boolean)
      .flatMap((piece) => {
        if (!piece.includes('.')) return [Number.parseInt(piece, 16)]
        const [a = 0, b = 0, c = 0, d = 0] = piece.split('.').map(Number)
        return [a * 256 + b, c * 256 + d]
      })
  const [head, tail] = text.split('::')
  const left = read(head)
  const right = read(tail)
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right]
}

/** `::ffff:0:0/96` is IPv4 seen through an IPv6 socket, `64:ff9b::/96` IPv4 behind a translator (RFC 6052). */
const isIPv4Inside = ([a, b, c, d, e, f]: number[]): boolean =>
  c === 0 &&
  d === 0 &&
  e === 0 &&
  ((a === 0 && b === 0 && f === 0xffff) || (a === 0x64 && b === 0xff9b && f === 0))

/** One way of writing every address: IPv4 with dots, IPv6 as eight groups. */
const canonical = (address: string): string => {
  if (isIPv4(address)) return address
  const hextets = hextetsOf(address)
  if (!isIPv4Inside(hextets)) return hextets.map((hextet) => hextet.toString(16)).join(':')
  return hextets
    .slice(6)
    .flatMap((hextet) => [hextet >> 8, hextet & 255])
    .join('.')
}

/** The address in one entry of the header, with or without brackets and port; `undefined` for anything else. */
const parseEntry = (entry: string): string | undefined => {
  const text = entry.trim()
  const bare = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text
  return isIPv4(bare) || isIPv6(bare) ? canonical(bare) : undefined
}

/**
 * Whom a request comes from, behind `trustedProxies` proxies of our own. An entry that is no address ends the reading:
 * the proxy that wrote it is all that is known.
 */
export const clientAddressOf = (
  request: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  trustedProxies: number,
): string => {
  const header = request.headers['x-forwarded-for']
  const claimed =
    trustedProxies > 0 && header ? String(header).split(',').slice(-trustedProxies).reverse() : []
  let address = parseEntry(request.socket.remoteAddress ?? '') ?? 'unknown'
  for (const entry of claimed) {
    const further = parseEntry(entry)
    if (further === undefined) break
    address = further
  }
  return address
}

/** What limits count: one household or phone has a whole IPv6 /64 to choose addresses from, which counts as one. */
export const toAddressGroup = (address: string): string => {
  const known = parseEntry(address)
  if (known === undefined || isIPv4(known)) return known ?? address
  return `${known.split(':').slice(0, 4).join(':')}::/64`
}

/** Gives every request its `clientAddress`, read when somebody asks for it. */
export const useClientAddress = (app: FastifyInstance, trustedProxies: number): void => {
  app.decorateRequest('clientAddress', {
    getter() {
      return clientAddressOf(this.raw, trustedProxies)
    },
  })
}
