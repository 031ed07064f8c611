import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { verifyPersonalCode } from '@jiankangbao/domain/codes/personal-code'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  type RegisteredCitizen,
  registerCitizen,
  signInCitizen,
} from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

describe('codes', () => {
  let app: TestApp
  let citizen: RegisteredCitizen
  beforeAll(async () => {
    app = await startTestApp()
    citizen = await registerCitizen(app)
  })
  afterAll(() => app.close())

  const get = async (url: string, as: { headers: object } = citizen) => {
    const answer = await app.http.inject({ method: 'GET', url, headers: { ...as.headers } })
    return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
  }

  it('issues a live code that anyone can verify with the published keys alone', async () => {
    const pass = await get('/api/v1/me/pass')
    expect(pass.headers['cache-control']).toBe('no-store')
    const published = (await get('/api/v1/verification-keys', { headers: {} })).body.keys as {
      keyId: number
      publicKey: string
    }[]
    const keys = (keyId: number) => {
      const key = published.find((each) => each.keyId === keyId)
      if (!key) return undefined
      const publicKey = createPublicKey({
        key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey },
        format: 'jwk',
      })
      return (message: Uint8Array, signature: Uint8Array) => verify(null, message, publicKey, signature)
    }
    const { qrText, issuedAt, expiresAt } = pass.body.personalCode
    expect(qrText.startsWith('https://jkb.example/p/')).toBe(true)
    expect(Date.parse(expiresAt) - Date.parse(issuedAt)).toBe(60_000)
    expect(verifyPersonalCode(qrText, { keys, nowSeconds: Date.parse(issuedAt) / 1000 })).toMatchObject({
      outcome: 'valid',
      claims: { colour: 'green' },
    })
    expect(JSON.stringify(published)).not.toContain('private')
  })

  it('gives two hundred displays at once two hundred numeric codes', async () => {
    const digits = await Promise.all(
      Array.from({ length: 200 }, async () => (await get('/api/v1/me/pass')).body.personalCode.numericCode),
    )
    expect(new Set(digits).size).toBe(200)
    for (const each of digits) expect(each).toMatch(/^[0-9]{8}$/)
  })

  it('has one code id per person, whatever asks for it at once', async () => {
    const fresh = await registerCitizen(app, { name: '李四' })
    await Promise.all(Array.from({ length: 10 }, () => get('/api/v1/me/pass', fresh)))
    const { rows } = await app.parts.pool.query(
      `select count(*)::int as n from person_codes where person_id = $1`,
      [fresh.personId],
    )
    expect(rows[0].n).toBe(1)
  })

  it('shows a member’s code to whom it is a member, and 404 to everybody else', async () => {
    const { memberId } = await addMember(app, citizen)
    expect((await get(`/api/v1/me/pass?memberId=${memberId}`)).body).toMatchObject({
      colour: 'green',
      nameMasked: '张**',
    })
    const stranger = await registerCitizen(app, { name: '王五' })
    expect((await get(`/api/v1/me/pass?memberId=${memberId}`, stranger)).body.code).toBe('NOT_FOUND')
    expect((await get(`/api/v1/me/pass?memberId=${randomUUID()}`)).body.code).toBe('NOT_FOUND')
    expect((await get('/api/v1/me/pass?memberId=abc')).body.fields).toEqual([
      { field: 'memberId', reason: 'format' },
    ])
    expect((await get('/api/v1/me/pass?colour=green')).body.fields).toEqual([
      { field: 'colour', reason: 'unknown_field' },
    ])
    const paper = { requestId: randomUUID(), memberId }
    for (const url of ['/api/v1/me/paper-codes', '/api/v1/me/paper-codes/lost']) {
      const answer = await app.http.inject({ method: 'POST', url, headers: stranger.headers, payload: paper })
      expect(answer.statusCode).toBe(404)
    }
  })

  it('has no code for somebody who is not registered', async () => {
    expect((await get('/api/v1/me/pass', await signInCitizen(app))).body.code).toBe('NOT_REGISTERED')
  })

  it('leaves one paper code in force when ten are asked for at once', async () => {
    const { memberId } = await addMember(app, citizen)
    const issue = () =>
      app.http.inject({
        method: 'POST',
        url: '/api/v1/me/paper-codes',
        headers: citizen.headers,
        payload: { requestId: randomUUID(), memberId },
      })
    const statuses = (await Promise.all(Array.from({ length: 10 }, issue))).map(
      ({ statusCode }) => statusCode,
    )
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0)
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true)
    const { rows } = await app.parts.pool.query(
      `select count(*)::int as n from person_codes c join members m using (person_id) where m.member_id = $1 and c.kind = 'paper' and c.revoked_at is null`,
      [memberId],
    )
    expect(rows[0].n).toBe(1)
  })

  it('tells clients the city, the consent in force and how long things are kept', async () => {
    expect((await get('/api/v1/client-config', { headers: {} })).body).toMatchObject({
      cityName: { zh: '徐州', en: 'Xuzhou' },
      hotline: '12345',
      consentVersion: app.parts.config.consentVersion,
      retentionDays: { visits: 28 },
    })
  })
})
