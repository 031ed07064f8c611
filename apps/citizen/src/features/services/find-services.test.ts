import type { ShownService } from '@jiankangbao/contracts/service/schemas'
import { expect, it } from 'vitest'
import { hostOf, servicesFor } from './find-services.ts'

const of = (key: string, viewers: ShownService['viewers'], elder = true): ShownService => ({
  key,
  title: { zh: key, en: '' },
  words: { zh: '', en: '' },
  icon: 'link',
  kind: 'link',
  viewers,
  elder,
  scopes: [],
  failing: false,
})
const all = [of('all', 'everybody'), of('in', 'signed_in'), of('me', 'registered', false)]

it.each([
  ['signed-out', false, ['all']],
  ['unproved', false, ['all']],
  ['unregistered', false, ['all', 'in']],
  ['registered', false, ['all', 'in', 'me']],
  ['registered', true, ['all', 'in']],
] as const)('%s, large type %s: sees %j', (standing, elder, keys) =>
  expect(servicesFor(all, { standing, elder, district: '' }).map(({ key }) => key)).toEqual(keys),
)

it.each([
  ['', ['city', 'one', 'street']],
  ['320302', ['city', 'one']],
  ['320303', ['city', 'street']],
  ['320305', ['city']],
] as const)('in district %s: sees %j', (district, keys) => {
  const some = [
    of('city', 'everybody'),
    { ...of('one', 'everybody'), divisionCodes: ['320302'] },
    { ...of('street', 'everybody'), divisionCodes: ['320303001000'] },
  ]
  const seen = servicesFor(some, { standing: 'signed-out', elder: false, district })
  expect(seen.map(({ key }) => key)).toEqual(keys)
})

it('a host is read with its port and nothing else', () =>
  expect([hostOf('https://a.example:8443/b?c#d'), hostOf('javascript:1')]).toEqual(['a.example:8443', '']))
