import { randomUUID } from 'node:crypto'
import type { Service } from '@jiankangbao/domain/service/service'
import { createLocalJWKSet, decodeJwt, jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  type RegisteredCitizen,
  registerCitizen,
  type SignedIn,
  signInCitizen,
} from '../../../../test/factories.ts'
import { createOperator, goOnTo } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { serviceTokenKey } from './token-keys.ts'

const start = new Date('2022-03-20T02:00:00Z')
const ORIGIN = 'https://module.example'

let app: TestApp
let citizen: RegisteredCitizen
let other: RegisteredCitizen
let unregistered: SignedIn

const module = (key: string, scopes: Service['scopes']): Service => ({
  key,
  title: { zh: key, en: '' },
  words: { zh: '', en: '' },
  icon: 'link',
  kind: 'link',
  url: `${ORIGIN}/${key}`,
  viewers: 'registered',
  elder: true,
  scopes,
})

beforeAll(async () => {
  app = await startTestApp({ now: start, environment: { SERVICE_ORIGINS: ORIGIN } })
  const [hq, hq2] = [
    await createOperator(app, { roles: ['hq'] }),
    await createOperator(app, { roles: ['hq'] }),
  ]
  const services = [
    module('clinic', [
      { scope: 'name', needed: true },
      { scope: 'colour', needed: false },
      { scope: 'document_tail', needed: false },
    ]),
    module('school', [{ scope: 'phone', needed: true }]),
    module('nothing', []),
  ]
  const saved = await hq.call('PUT', '/api/v1/operator/service-draft', { revision: 0, services })
  expect([saved.status, saved.body.fields]).toEqual([200, undefined])
  const { body } = await hq.call('POST', '/api/v1/operator/service-release-proposals', {
    requestId: randomUUID(),
    revision: 1,
    evidence: '指挥部会议纪要',
  })
  const decision = { verdict: 'approve', reason: '已核对' }
  expect(
    (await hq2.call('POST', `/api/v1/operator/proposals/${body.proposalId}/decision`, decision)).status,
  ).toBe(200)
  citizen = await registerCitizen(app)
  other = await registerCitizen(app)
  unregistered = await signInCitizen(app)
})
beforeEach(() => goOnTo(app, start))
afterAll(() => app.close())

const grant = async (who: SignedIn, key: string, scopes: string[], requestId: string = randomUUID()) => {
  const answer = await app.http.inject({
    method: 'POST',
    url: `/api/v1/services/${key}/grants`,
    headers: who.headers,
    payload: { requestId, scopes },
  })
  return { status: answer.statusCode, body: answer.json() }
}
const redeem = async (token: string, service: string) => {
  const answer = await app.http.inject({
    method: 'POST',
    url: '/api/v1/service-token-redemptions',
    payload: { token, service },
  })
  return { status: answer.statusCode, body: answer.json() }
}
const tokenOf = async (who: SignedIn, key: string, scopes: string[]): Promise<string> => {
  const { status, body } = await grant(who, key, scopes)
  expect([status, body.code]).toEqual([201, undefined])
  const [address, token] = body.url.split('#token=')
  expect(address).toBe(`${ORIGIN}/${key}`)
  return token
}

it('hands over what the person agreed to and nothing more, once', async () => {
  const token = await tokenOf(citizen, 'clinic', ['name'])
  const first = await redeem(token, 'clinic')
  expect(first.body).toEqual({
    subject: expect.stringMatching(/^[\w-]{22}$/),
    service: 'clinic',
    scopes: ['name'],
    grantedAt: start.toISOString(),
    name: citizen.name,
  })
  expect(await redeem(token, 'clinic')).toMatchObject({
    status: 401,
    body: { code: 'SERVICE_TOKEN_REFUSED' },
  })
  const more = await redeem(await tokenOf(citizen, 'clinic', ['name', 'colour', 'document_tail']), 'clinic')
  expect(more.body).toMatchObject({
    subject: first.body.subject,
    colour: expect.stringMatching(/green|yellow|red/),
    documentTail: citizen.documentNumber.slice(-4),
  })
  expect(more.body).not.toHaveProperty('phone')
})

it('gives one of many who redeem at once the data', async () => {
  const token = await tokenOf(citizen, 'clinic', ['name'])
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => redeem(token, 'clinic')))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401])
})

it('says nothing about the person in the token, and names them differently at every module', async () => {
  const [clinic, school] = [
    await tokenOf(citizen, 'clinic', ['name']),
    await tokenOf(citizen, 'school', ['phone']),
  ]
  const text = JSON.stringify([decodeJwt(clinic), decodeJwt(school)])
  for (const secret of [citizen.name, citizen.documentNumber, citizen.phone.slice(-8), citizen.personId])
    expect(text).not.toContain(`"${secret}"`)
  expect(decodeJwt(clinic)).toMatchObject({ aud: 'clinic', scope: 'name' })
  const [here, there] = [await redeem(clinic, 'clinic'), await redeem(school, 'school')]
  expect(here.body.subject).not.toBe(there.body.subject)
  expect(there.body).toMatchObject({ phone: expect.stringContaining('+86') })
  expect(there.body).not.toHaveProperty('name')
  const another = await redeem(await tokenOf(other, 'clinic', ['name']), 'clinic')
  expect(another.body.subject).not.toBe(here.body.subject)
})

it('runs out after two minutes', async () => {
  const token = await tokenOf(citizen, 'clinic', ['name'])
  await goOnTo(app, new Date(start.getTime() + 119_000))
  const late = await tokenOf(citizen, 'clinic', ['name'])
  await goOnTo(app, new Date(start.getTime() + 121_000))
  expect((await redeem(token, 'clinic')).status).toBe(401)
  expect((await redeem(late, 'clinic')).status).toBe(200)
})

it('refuses tokens of another module, of other keys, of other kinds, altered ones', async () => {
  const token = await tokenOf(citizen, 'clinic', ['name'])
  expect((await redeem(token, 'school')).status).toBe(401)
  const key = serviceTokenKey(app.parts.keys)
  const foreign = serviceTokenKey({ tokenSecret: () => 'of somebody else' })
  const { jti = '', sub = '' } = decodeJwt(token)
  const forge = (by: typeof key, header: { alg: string; typ?: string }, audience = 'clinic') =>
    new SignJWT({ scope: 'name' })
      .setProtectedHeader(header)
      .setIssuer(app.parts.config.publicOrigin)
      .setAudience(audience)
      .setSubject(sub)
      .setJti(jti)
      .setExpirationTime(new Date(start.getTime() + 60_000))
      .sign(by.privateKey)
  const [head = '', payload = '', signature = ''] = token.split('.')
  const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'jkb-service+jwt' })).toString('base64url')
  for (const bad of [
    await forge(foreign, { alg: 'EdDSA', typ: 'jkb-service+jwt' }),
    await forge(key, { alg: 'EdDSA' }),
    `${unsigned}.${payload}.`,
    `${head}.${payload}.${signature.slice(0, -4)}AAAA`,
    citizen.headers.authorization.slice('Bearer '.length),
    'x'.repeat(40),
  ])
    expect([bad, (await redeem(bad, 'clinic')).status]).toEqual([bad, 401])
  // And the other way: a token of a module is nothing to the rest of the server.
  const me = await app.http.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${token}` } })
  expect(me.statusCode).toBe(401)
  expect((await redeem(token, 'clinic')).status).toBe(200)
})

it('is checked by a module with the published keys', async () => {
  const keys = await app.http.inject({ url: '/api/v1/service-keys' })
  const { payload } = await jwtVerify(
    await tokenOf(citizen, 'clinic', ['name']),
    createLocalJWKSet(keys.json()),
    {
      audience: 'clinic',
      currentDate: start,
    },
  )
  expect(payload.exp).toBe(start.getTime() / 1000 + 120)
  expect(JSON.stringify(keys.json())).not.toContain('"d"')
})

it('needs a person, what the module needs, and nothing that it does not ask for', async () => {
  expect((await grant(citizen, 'clinic', ['colour'])).body.fields).toEqual([
    { field: 'scopes', reason: 'needed' },
  ])
  expect((await grant(citizen, 'clinic', ['name', 'phone'])).body.fields).toEqual([
    { field: 'scopes', reason: 'not_asked_for' },
  ])
  expect((await grant(unregistered, 'clinic', ['name'])).body.code).toBe('NOT_REGISTERED')
  expect((await grant(citizen, 'nothing', [])).status).toBe(404)
  expect((await grant(citizen, 'unknown', [])).status).toBe(404)
  expect((await grant(citizen, 'clinic', ['everything'])).status).toBe(400)
  const nobody = await app.http.inject({ method: 'POST', url: '/api/v1/services/clinic/grants', payload: {} })
  expect(nobody.statusCode).toBe(401)
})

it('answers a repeat like the first time, and only its own maker', async () => {
  const requestId = randomUUID()
  const both = await Promise.all([1, 2].map(() => grant(citizen, 'clinic', ['name'], requestId)))
  expect(both.map(({ status }) => status)).toEqual([201, 201])
  expect(decodeJwt(both[0]?.body.url.split('#token=')[1]).jti).toBe(
    decodeJwt(both[1]?.body.url.split('#token=')[1]).jti,
  )
  expect((await grant(citizen, 'clinic', ['name', 'colour'], requestId)).body.code).toBe('REQUEST_ID_REUSED')
  expect((await grant(other, 'clinic', ['name'], requestId)).status).toBe(201)
  const list = async (who: SignedIn) =>
    (await app.http.inject({ url: '/api/v1/service-grants', headers: who.headers })).json().grants
  expect((await list(citizen))[0]).toMatchObject({ key: 'clinic', scopes: ['name'] })
  expect(await list(unregistered)).toEqual([])
})
