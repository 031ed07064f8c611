import { makeVenueCode } from '@jiankangbao/domain/codes/venue-code'
import { describe, expect, it } from 'vitest'
import { addressOfLink } from './link-address.ts'

const { code } = makeVenueCode(
  (length) => new Uint8Array(length).fill(9),
  () => new Uint8Array([1, 2]),
)
const known = ['/', '/scan', '/door', '/missing', '/pages/home/index']
const scan = () => ({ requestId: 'id', atMs: 35 })
const lead = (path: string) => addressOfLink(path, known, scan)
const door = `/door?code=${code}&scan=id&at=z`

describe('where an address leads', () => {
  it.each([
    `/v/${code}`,
    `/V/${code}`,
    `/v/${code}/`,
    `/v/${code}。`,
    `/v/${code}%E3%80%82`,
    `/v/${code}%25E3%2580%2582`,
    `/v%2F${code}`,
    `/v%252F${code}`,
    `/v/${code}%20`,
    `/v/${code}%22`,
    `/v/${code})`,
    `/v/${code}%EF%BC%89%E3%80%82`,
    `/v/${code}%E2%80%8B`,
    `/v/${code}%`,
    `/v/${code}%E3%80`,
    `/v/%E2%80%9C${code}`,
  ])('%s is the door', (path) => {
    expect(lead(path)).toBe(door)
  })

  it.each([
    ['/p/AAAA', '/code-info?kind=personal'],
    ['/k/AAAA%E3%80%82', '/code-info?kind=paper'],
    ['/r/AAAA', '/verify?code=AAAA'],
    ['/r/', '/missing?from=code'],
    ['/v', '/missing?from=poster'],
    ['/v/', '/missing?from=poster'],
    ['/v//', '/missing?from=poster'],
    ['/v/%', '/missing?from=poster'],
    ['/p/', '/missing?from=code'],
    ['/k', '/missing?from=code'],
    ['/nowhere', '/missing'],
    ['/a/b/c', '/missing'],
    ['/%E5%AE%B6', '/missing'],
    ['/%', '/missing'],
    ['//', '/'],
    ['/vienna', '/missing'],
    ['/scan/', '/scan'],
    ['/index.html', '/'],
    ['/scan/x', '/missing'],
  ])('%s leads to %s', (path, address) => {
    expect(lead(path)).toBe(address)
  })

  it.each(known)('%s is a screen', (path) => {
    expect(lead(path)).toBeUndefined()
  })
})
