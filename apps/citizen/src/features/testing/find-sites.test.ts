import { expect, it } from 'vitest'
import { findSites, kilometresBetween } from './find-sites.ts'

const site = (name: string, more: object = {}) => ({
  siteId: name,
  name,
  divisionCode: '320302',
  divisionName: '鼓楼区',
  address: '虚构路',
  hours: [],
  audience: 'everybody' as const,
  priceCents: 0,
  walkIn: true,
  bookable: false,
  openNow: true,
  ...more,
})
const names = (found: { site: { name: string } }[]) => found.map((each) => each.site.name)

it('open ones come first, then near ones, then short queues', () => {
  const sites = [
    site('closed', { openNow: false, latitude: 34.2, longitude: 117.2 }),
    site('far', { latitude: 34.4, longitude: 117.2 }),
    site('near', { latitude: 34.21, longitude: 117.2 }),
  ]
  const here = { latitude: 34.2, longitude: 117.2 }
  expect(names(findSites(sites, { text: '', audience: 'all', here }))).toEqual(['near', 'far', 'closed'])
  const queued = [
    site('long', { queue: { waiting: 90, countedAt: '' } }),
    site('short', { queue: { waiting: 2, countedAt: '' } }),
  ]
  expect(names(findSites(queued, { text: '', audience: 'all' }))).toEqual(['short', 'long'])
})

it('yellow people find theirs, a word finds a district', () => {
  const sites = [site('a'), site('b', { audience: 'yellow', divisionName: '云龙区' })]
  expect(names(findSites(sites, { text: '', audience: 'yellow' }))).toEqual(['b'])
  expect(names(findSites(sites, { text: ' 云龙 ', audience: 'all' }))).toEqual(['b'])
})

it('a degree of latitude is 111 kilometres', () => {
  expect(kilometresBetween({ latitude: 34, longitude: 117 }, { latitude: 35, longitude: 117 })).toBeCloseTo(
    111.2,
    0,
  )
})
