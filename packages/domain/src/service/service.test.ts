import { describe, expect, it } from 'vitest'
import { faultOfService, isAllowedLink, isLinkOrigin, isOfferedAt, type Service } from './service.ts'

const ORIGINS = ['https://www.example.org', 'https://app.example.org:8443', 'http://127.0.0.1:8090']
const link: Service = {
  key: 'module',
  title: { zh: '示例', en: '' },
  words: { zh: '', en: '' },
  icon: 'link',
  kind: 'link',
  url: 'https://www.example.org/a',
  viewers: 'registered',
  elder: true,
  scopes: [],
}

describe('a link', () => {
  it.each([
    'https://www.example.org',
    'https://www.example.org/',
    'https://www.example.org/a/b?c=d#e',
    'https://www.example.org?c=https://elsewhere.example',
    'https://app.example.org:8443/x',
    'http://127.0.0.1:8090/module',
  ])('may lead to %s', (url) => expect(isAllowedLink(url, ORIGINS)).toBe(true))

  it.each([
    'javascript:alert(1)',
    'javascript://www.example.org/%0aalert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'weixin://dl/business',
    'intent://www.example.org#Intent;scheme=https;end',
    'http://www.example.org/',
    '//www.example.org/',
    'https:www.example.org',
    'https:/www.example.org',
    'https:///www.example.org/',
    'https://www.example.org@evil.example/',
    'https://evil.example@www.example.org/',
    'https://user:secret@www.example.org/',
    'https://www.example.org.evil.example/',
    'https://www.example.orgevil.example/',
    'https://evil.example/https://www.example.org/',
    'https://evil.example?https://www.example.org',
    'https://evil.example#https://www.example.org',
    'https://example.org/',
    'https://sub.www.example.org/',
    'https://www.example.org:443/',
    'https://www.example.org:8443/',
    'https://www.example.org./',
    'https://WWW.EXAMPLE.ORG/',
    'https://www.exаmple.org/',
    'https://www.example.org\\@evil.example/',
    'https://evil.example\\.www.example.org/',
    'https://www.example.org/\n@evil.example',
    ' https://www.example.org/',
    'https://www.example.org/ ',
    'https://www.example.org\t/',
    'https://www.example.org/"onclick="x',
    'https://www.example.org/<script>',
    'https://www。example。org/',
    'https://①②⑦.0.0.1/',
    'http://127.0.0.1:8091/',
    'http://127.1:8090/',
    'http://2130706433:8090/',
    'http://[::1]:8090/',
    '',
  ])('may not lead to %j', (url) => {
    expect(isAllowedLink(url, ORIGINS)).toBe(false)
    expect(faultOfService({ ...link, url }, ORIGINS)).toEqual({ field: 'url', reason: 'origin_not_allowed' })
    const check = { url, failing: 'hide' } as const
    expect(faultOfService({ ...link, check }, ORIGINS)).toEqual({
      field: 'check.url',
      reason: 'origin_not_allowed',
    })
  })

  it('is read like a browser reads it: what is allowed has exactly that origin', () => {
    for (const url of [
      'https://www.example.org/a?b#c',
      'https://app.example.org:8443/%2e%2e/@x',
      'https://www.example.org#@evil.example',
    ])
      expect([isAllowedLink(url, ORIGINS), ORIGINS.includes(new URL(url).origin)]).toEqual([true, true])
  })
})

it('the list of origins takes origins alone, unencrypted ones of this machine alone', () => {
  for (const origin of ORIGINS) expect(isLinkOrigin(origin)).toBe(true)
  for (const origin of [
    'https://www.example.org/',
    'http://www.example.org',
    'www.example.org',
    'https://*',
    'https://a@b',
    '*',
    '',
  ])
    expect([origin, isLinkOrigin(origin)]).toEqual([origin, false])
})

describe('a service', () => {
  const of = (more: object): Service => {
    const { url: _, ...rest } = link
    return { ...rest, ...more } as Service
  }
  it.each([
    [of({ kind: 'screen', screen: 'tests' }), undefined],
    [of({ kind: 'screen', screen: 'directory', directoryKind: 'hospital' }), undefined],
    [of({ kind: 'screen', screen: 'directory' }), 'directoryKind'],
    [of({ kind: 'screen', screen: 'tests', directoryKind: 'hospital' }), 'directoryKind'],
    [of({ kind: 'screen' }), 'screen'],
    [of({ kind: 'screen', screen: 'tests', url: 'https://www.example.org' }), 'url'],
    [of({ kind: 'wechat', appId: 'wx0123456789abcdef', path: 'pages/home?a=1' }), undefined],
    [of({ kind: 'wechat', appId: '2021000000000000' }), 'appId'],
    [of({ kind: 'alipay', appId: '2021000000000000' }), undefined],
    [of({ kind: 'alipay', appId: 'wx0123456789abcdef' }), 'appId'],
    [of({ kind: 'wechat', appId: 'wx0123456789abcdef', path: '//evil' }), 'path'],
    [of({ kind: 'wechat', appId: 'wx0123456789abcdef', path: 'https://evil' }), 'path'],
    [of({ kind: 'telephone', telephone: '0516-12345' }), undefined],
    [of({ kind: 'telephone', telephone: '1,,2' }), 'telephone'],
    [of({ kind: 'telephone', telephone: '12345', path: 'a' }), 'path'],
    [of({ kind: 'telephone', telephone: '12345', scopes: [{ scope: 'name', needed: true }] }), 'scopes'],
  ])('%#: %j', (service, field) => expect(faultOfService(service, ORIGINS)?.field).toBe(field))

  it('asks for data only behind a registration, once for each, and leaves room for the token', () => {
    const scopes = [{ scope: 'name', needed: true }] as Service['scopes']
    expect(faultOfService({ ...link, scopes }, ORIGINS)).toBeUndefined()
    expect(faultOfService({ ...link, scopes, viewers: 'everybody' }, ORIGINS)?.field).toBe('viewers')
    expect(faultOfService({ ...link, scopes: [...scopes, ...scopes] }, ORIGINS)?.reason).toBe('duplicate')
    expect(faultOfService({ ...link, scopes, url: `${link.url}#a` }, ORIGINS)?.reason).toBe('has_fragment')
  })

  it('is offered from its start until its end', () => {
    const dated = { ...link, startsAt: '2022-03-20T00:00:00Z', endsAt: '2022-03-21T00:00:00Z' }
    const at = (text: string) => isOfferedAt(dated, Date.parse(text))
    expect(['2022-03-19T23:59:59Z', '2022-03-20T00:00:00Z', '2022-03-21T00:00:00Z'].map(at)).toEqual([
      false,
      true,
      false,
    ])
    expect(faultOfService({ ...dated, endsAt: dated.startsAt }, ORIGINS)?.field).toBe('endsAt')
  })
})
