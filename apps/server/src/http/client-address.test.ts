import { describe, expect, it } from 'vitest'
import { clientAddressOf, toAddressGroup } from './client-address.ts'

const from = (remoteAddress: string | undefined, forwarded?: string) => ({
  socket: { remoteAddress },
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
})

describe('whom a request comes from', () => {
  it.each([
    // Without proxies nothing is believed.
    [0, '198.51.100.1', '203.0.113.9', '198.51.100.1'],
    [0, '::ffff:198.51.100.1', undefined, '198.51.100.1'],
    // One proxy wrote one entry; what stands before it is the client's own.
    [1, '10.0.0.1', '203.0.113.9', '203.0.113.9'],
    [1, '10.0.0.1', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
    [1, '10.0.0.1', '1.1.1.1,2.2.2.2,,203.0.113.9', '203.0.113.9'],
    [1, '10.0.0.1', undefined, '10.0.0.1'],
    [1, '10.0.0.1', '', '10.0.0.1'],
    // Two proxies wrote two.
    [2, '10.0.0.1', '203.0.113.9, 10.0.0.2', '203.0.113.9'],
    [2, '10.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
    [2, '10.0.0.1', '203.0.113.9', '203.0.113.9'],
    // Some proxies write the port, and a new connection has a new one.
    [1, '10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    [1, '10.0.0.1', '[2001:db8::9]:4711', '2001:db8:0:0:0:0:0:9'],
    [1, '10.0.0.1', '[2001:db8::9]', '2001:db8:0:0:0:0:0:9'],
    [1, '10.0.0.1', '2001:0DB8:0000::9', '2001:db8:0:0:0:0:0:9'],
    [1, '10.0.0.1', 'fe80::1%eth0', 'fe80:0:0:0:0:0:0:1'],
    [1, '10.0.0.1', '::ffff:cb00:7109', '203.0.113.9'],
    [1, '10.0.0.1', '64:ff9b::203.0.113.9', '203.0.113.9'],
    // What is no address says nothing; the proxy that wrote it is all that is known.
    [1, '10.0.0.1', 'unknown', '10.0.0.1'],
    [1, '10.0.0.1', '203.0.113.9, _hidden', '10.0.0.1'],
    [1, '10.0.0.1', '203.0.113.999', '10.0.0.1'],
    [1, '10.0.0.1', '203.0.113.9:', '10.0.0.1'],
    [1, '10.0.0.1', "203.0.113.9'; drop table visits", '10.0.0.1'],
    [1, '10.0.0.1', '203.0.113.9,', '10.0.0.1'],
    [2, '10.0.0.1', '203.0.113.9, garbage', '10.0.0.1'],
    [2, '10.0.0.1', 'garbage, 10.0.0.2', '10.0.0.2'],
    // A proxy on the same machine may speak through a socket without an address.
    [1, undefined, '203.0.113.9', '203.0.113.9'],
    [0, undefined, '203.0.113.9', 'unknown'],
  ])('behind %i proxies, asked by %s, forwarded for %s: %s', (proxies, remote, forwarded, expected) => {
    expect(clientAddressOf(from(remote, forwarded), proxies)).toBe(expected)
  })
})

describe('the address that limits count', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:02::9', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, group) => {
    expect(toAddressGroup(address)).toBe(group)
  })
})
