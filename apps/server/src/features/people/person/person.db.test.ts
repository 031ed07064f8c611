import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  jpeg,
  jpegOf,
  makeResidentId,
  multipartOf,
  registerCitizen,
  type SignedIn,
  signInCitizen,
  takeFaceCheck,
} from '../../../../test/factories.ts'
import { makePng } from '../../../../test/pictures.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const register = (citizen: Pick<SignedIn, 'headers'>, payload: object) =>
  app.http.inject({ method: 'POST', url: '/api/v1/me/registration', headers: citizen.headers, payload })
const getMe = (citizen: Pick<SignedIn, 'headers'>) =>
  app.http.inject({ method: 'GET', url: '/api/v1/me', headers: citizen.headers })
interface Identified {
  name?: string
  documentType?: string
  documentNumber?: string
  country?: string
  birthOn?: string
}
const identityOf = (more: Identified = {}) => ({
  name: '张小明',
  documentType: 'resident_id',
  documentNumber: makeResidentId(),
  ...more,
})
const bodyOf = (faceCheckId: string, more: Identified & { consentVersion?: string } = {}) => ({
  ...identityOf(more),
  faceCheckId,
  consentVersion: app.parts.config.consentVersion,
  ...more,
})
const codeOf = (response: { json: <T>() => T }) => response.json<{ code: string }>().code
/** Somebody signed in whose face was checked for an identity, and the registration of it. */
const prepare = async (more: Identified = {}) => {
  const citizen = await signInCitizen(app)
  const identity = identityOf(more)
  const { faceCheckId } = await takeFaceCheck(app, citizen, identity)
  return { citizen, faceCheckId, identity, body: bodyOf(faceCheckId, identity) }
}
const count = async (sql: string, values: unknown[]) =>
  Number((await app.parts.pool.query(`select count(*) from ${sql}`, values)).rows[0]?.count)

/** A PNG whose header says this; its lines are few. */
const pngOf = (width: number, height: number) => makePng({ width, height }, Buffer.alloc(64))

describe('face checks', () => {
  const postImage = (citizen: Pick<SignedIn, 'headers'>, ...parts: Parameters<typeof multipartOf>[0]) => {
    const { payload, headers } = multipartOf(parts)
    const all = { ...headers, ...citizen.headers }
    return app.http.inject({ method: 'POST', url: '/api/v1/face-checks', payload, headers: all })
  }
  const image = (content: Buffer, type = 'image/jpeg') => ({ name: 'image', content, filename: 'face', type })
  const named = Object.entries(identityOf()).map(([name, content]) => ({ name, content: content ?? '' }))
  const postFace = (citizen: Pick<SignedIn, 'headers'>, ...parts: Parameters<typeof multipartOf>[0]) =>
    postImage(citizen, ...named, ...parts)

  it.each(['pass', 'fail', 'unsure', 'no_face'] as const)('answers the verdict %s', async (verdict) => {
    const citizen = await signInCitizen(app)
    app.outside.face = verdict
    const response = await postFace(citizen, image(jpeg))
    app.outside.face = 'pass'
    expect(response.statusCode).toBe(201)
    expect(response.json()).toEqual({ faceCheckId: expect.any(String), verdict })
  })

  it('tells the provider whose face it has to be, whatever comes first in the form', async () => {
    const citizen = await signInCitizen(app)
    const documentNumber = makeResidentId({ endsInX: true })
    const parts = [
      image(jpeg),
      { name: 'documentNumber', content: ` ${documentNumber.toLowerCase()}` },
      { name: 'documentType', content: 'resident_id' },
      { name: 'name', content: '张小明' },
    ]
    expect((await postImage(citizen, ...parts)).statusCode).toBe(201)
    expect(app.outside.faceQuestions.at(-1)).toEqual({
      name: '张小明',
      documentType: 'resident_id',
      documentNumber,
    })
  })

  it('needs a name and a document that can be one', async () => {
    const citizen = await signInCitizen(app)
    const asked = app.outside.faceQuestions.length
    const refused = async (...parts: { name: string; content: string }[]) =>
      (await postImage(citizen, ...parts, image(jpeg))).json<{ fields: object[] }>().fields
    expect(await refused()).toEqual([{ field: 'name', reason: 'required' }])
    expect(await refused(...named, { name: 'name', content: '李四' })).toEqual([
      { field: 'name', reason: 'repeated' },
    ])
    const type = { name: 'documentType', content: 'library_card' }
    const rest = named.filter(({ name }) => name !== 'documentType')
    expect(await refused(type, ...rest)).toEqual([{ field: 'documentType', reason: 'malformed' }])
    const good = makeResidentId()
    const number = {
      name: 'documentNumber',
      content: good.slice(0, 17) + (good.endsWith('1') ? '2' : '1'),
    }
    expect(await refused(number, ...named.filter(({ name }) => name !== 'documentNumber'))).toEqual([
      { field: 'documentNumber', reason: 'check_digit' },
    ])
    expect(app.outside.faceQuestions).toHaveLength(asked)
  })

  it('knows pictures by their bytes, not by their name', async () => {
    const citizen = await signInCitizen(app)
    const png = pngOf(320, 240)
    expect((await postFace(citizen, image(png, 'text/plain'))).statusCode).toBe(201)
    const html = await postFace(citizen, image(Buffer.from('<html>'), 'image/jpeg'))
    expect([html.statusCode, codeOf(html)]).toEqual([422, 'IMAGE_UNREADABLE'])
  })

  it.each([
    ['a JPEG that claims a wall', jpegOf(65_500, 65_500), 'too_many_pixels'],
    ['a JPEG a pixel too long', jpegOf(8193, 200), 'too_many_pixels'],
    ['a PNG that claims more than a machine holds', pngOf(2 ** 31 - 1, 2 ** 31 - 1), 'too_many_pixels'],
    ['a JPEG of a stamp', jpegOf(640, 119), 'too_few_pixels'],
    ['a PNG of one pixel', pngOf(1, 1), 'too_few_pixels'],
  ])('sends no provider %s', async (_, content, reason) => {
    const citizen = await signInCitizen(app)
    const asked = app.outside.faceQuestions.length
    const answer = await postFace(citizen, image(content))
    expect([answer.statusCode, answer.json().fields]).toEqual([422, [{ field: 'image', reason }]])
    expect(app.outside.faceQuestions).toHaveLength(asked)
  })

  it.each([
    ['two frames', Buffer.concat([jpegOf(640, 480).subarray(0, 21), jpegOf(60_000, 60_000).subarray(2)])],
    ['no height yet', jpegOf(640, 0)],
    ['an end that is missing', jpegOf(640, 480).subarray(0, 1500)],
    ['a frame of another kind', Buffer.from(jpegOf(640, 480).toString('hex').replace('ffc0', 'ffc9'), 'hex')],
    ['two headers', Buffer.concat([pngOf(320, 240).subarray(0, 33), pngOf(60_000, 60_000).subarray(8)])],
    [
      'a header that is broken',
      Buffer.from(pngOf(320, 240).toString('hex').replace('00000140', '00000141'), 'hex'),
    ],
    ['a header and nothing else', pngOf(320, 240).subarray(0, 33)],
    ['its first bytes alone', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)])],
  ])('sends no provider a picture with %s', async (_, content) => {
    const citizen = await signInCitizen(app)
    const asked = app.outside.faceQuestions.length
    const answer = await postFace(citizen, image(content))
    expect([answer.statusCode, codeOf(answer)]).toEqual([422, 'IMAGE_UNREADABLE'])
    expect(app.outside.faceQuestions).toHaveLength(asked)
  })

  it('refuses a missing picture, other fields, other types and too much', async () => {
    const citizen = await signInCitizen(app)
    expect((await postFace(citizen)).json()).toMatchObject({ fields: [{ field: 'image' }] })
    const other = await postFace(citizen, { name: 'verdict', content: 'pass' }, image(jpeg))
    expect(other.json()).toMatchObject({ fields: [{ field: 'verdict', reason: 'unknown_field' }] })
    const second = await postFace(citizen, image(jpeg), image(jpeg))
    expect(second.statusCode).toBe(413)
    const large = await postFace(citizen, image(Buffer.concat([jpeg, Buffer.alloc(5 * 1024 * 1024)])))
    expect([large.statusCode, codeOf(large)]).toEqual([413, 'BODY_TOO_LARGE'])
    const url = '/api/v1/face-checks'
    const json = await app.http.inject({
      method: 'POST',
      url,
      headers: citizen.headers,
      payload: { image: 'x' },
    })
    expect([json.statusCode, codeOf(json)]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
    const cut = multipartOf([...named, image(jpeg)])
    const headers = { ...cut.headers, ...citizen.headers }
    const broken = await app.http.inject({
      method: 'POST',
      url,
      headers,
      payload: cut.payload.subarray(0, 900),
    })
    expect([broken.statusCode, codeOf(broken)]).toEqual([400, 'VALIDATION_FAILED'])
  })

  it('asks for a caller, tells when the provider is away, and bounds the tries', async () => {
    expect((await postFace({ headers: { authorization: '' } }, image(jpeg))).statusCode).toBe(401)
    const citizen = await signInCitizen(app)
    app.outside.face = 'away'
    expect(codeOf(await postFace(citizen, image(jpeg)))).toBe('PROVIDER_UNAVAILABLE')
    app.outside.face = 'pass'
    for (let index = 0; index < 29; index += 1)
      expect((await postFace(citizen, image(jpeg))).statusCode).toBe(201)
    expect(codeOf(await postFace(citizen, image(jpeg)))).toBe('TOO_MANY_REQUESTS')
  })
})

describe('registration', () => {
  it('makes a person with a colour; everything shown is masked', async () => {
    const documentNumber = makeResidentId({ endsInX: true, birthOn: '1956-02-29' })
    const { citizen, body } = await prepare({
      name: ' 欧阳𬱖 ',
      documentNumber: documentNumber.toLowerCase(),
    })
    const response = await register(citizen, body)
    expect(response.statusCode, response.body).toBe(201)
    const person = {
      nameMasked: '欧阳*',
      documentType: 'resident_id',
      documentNumberMasked: `32${'*'.repeat(14)}${documentNumber.slice(-2)}`,
      registeredAt: expect.any(String),
      mayHoldPaperCode: true,
    }
    expect(response.json()).toEqual({ person, takenOver: false })
    expect((await getMe(citizen)).json()).toEqual({
      phoneMasked: `${citizen.phone.slice(3, 6)}****${citizen.phone.slice(-4)}`,
      registered: true,
      person,
      consentVersion: app.parts.config.consentVersion,
    })
    expect(
      await count(
        'status_current s join accounts a using (person_id) where account_id = $1::bigint and colour = 1',
        [citizen.accountId],
      ),
    ).toBe(1)
    expect(
      await count(`audit_entries where actor_id = $1 and action = 'person.registered'`, [citizen.accountId]),
    ).toBe(1)
  })

  it('keeps no name, number or phone in the clear', async () => {
    const documentNumber = makeResidentId()
    const citizen = await registerCitizen(app, { name: '清文检查', documentNumber })
    for (const table of [
      'persons',
      'accounts',
      'identity_documents',
      'audit_entries',
      'notices',
      'sessions',
    ]) {
      const { rows } = await app.parts.pool.query(`select t::text as line from ${table} t`)
      const text = rows.map((row) => row.line).join('\n')
      const hex = (value: string) => Buffer.from(value).toString('hex')
      for (const secret of ['清文检查', documentNumber, citizen.phone, citizen.phone.slice(3)]) {
        expect(text).not.toContain(secret)
        expect(text).not.toContain(hex(secret))
      }
    }
  })

  it('names every refused field and why', async () => {
    const { citizen, faceCheckId } = await prepare()
    const good = makeResidentId()
    const last = good.endsWith('1') ? '2' : '1'
    const refused = async (more: object) =>
      (await register(citizen, bodyOf(faceCheckId, more))).json<{ fields: object[] }>().fields
    expect(await refused({ name: '张3', documentNumber: good.slice(0, 17) + last })).toEqual([
      { field: 'name', reason: 'characters' },
      { field: 'documentNumber', reason: 'check_digit' },
    ])
    expect(await refused({ documentType: 'passport', documentNumber: 'E12345678' })).toEqual([
      { field: 'country', reason: 'required' },
      { field: 'birthOn', reason: 'required' },
    ])
    const chinese = { documentType: 'passport', country: 'CHN', birthOn: '1990-06-15' }
    expect(await refused({ ...chinese, documentNumber: 'E12345678', name: 'ZHANG SAN' })).toEqual([
      { field: 'name', reason: 'hanzi' },
    ])
    expect(await refused({ documentNumber: good, birthOn: '1991-06-15' })).toEqual([
      { field: 'birthOn', reason: 'differs_from_document' },
    ])
    expect(await refused({ birthOn: '2021-02-29' })).toEqual([{ field: 'birthOn', reason: 'no_such_date' }])
    expect(await refused({ documentType: 'driving_licence' })).toEqual([
      { field: 'documentType', reason: 'not_allowed' },
    ])
    expect(await refused({ documentNumber: 3203 })).toEqual([
      { field: 'documentNumber', reason: 'wrong_type' },
    ])
    expect(await refused({ colour: 'green' })).toEqual([{ field: 'colour', reason: 'unknown_field' }])
  })

  it.each([
    ['passport', { documentNumber: 'E12345678', country: 'FRA', birthOn: '1980-01-01', name: 'Zoë Durand' }],
    ['hk_macao_permit', { documentNumber: 'H12345678', birthOn: '1980-01-01' }],
    ['taiwan_permit', { documentNumber: '12345678', birthOn: '1980-01-01' }],
    ['foreign_permanent_resident', { documentNumber: 'FRA320012345678', birthOn: '1980-01-01' }],
  ])('takes a %s', async (documentType, more) => {
    const { citizen, body } = await prepare({ documentType, ...more })
    const response = await register(citizen, body)
    expect(response.statusCode, response.body).toBe(201)
  })

  it('tells passports of two countries with the same number apart', async () => {
    const passport = {
      documentType: 'passport',
      documentNumber: 'X7654321',
      name: 'Ann Lee',
      birthOn: '1980-01-01',
    }
    const first = await prepare({ ...passport, country: 'USA' })
    const second = await prepare({ ...passport, country: 'CAN' })
    await register(first.citizen, first.body)
    const response = await register(second.citizen, second.body)
    expect(response.json()).toMatchObject({ takenOver: false })
  })

  it('asks for a caller and for the consent in force', async () => {
    expect((await register({ headers: { authorization: '' } }, bodyOf(randomUUID()))).statusCode).toBe(401)
    const { citizen, faceCheckId } = await prepare()
    const response = await register(citizen, bodyOf(faceCheckId, { consentVersion: '2021-01' }))
    expect([response.statusCode, codeOf(response)]).toEqual([422, 'CONSENT_OUTDATED'])
  })

  it.each(['mismatch', 'unknown'] as const)(
    'refuses on %s and keeps the face check for another try',
    async (verdict) => {
      const { citizen, body } = await prepare()
      app.outside.identity = verdict
      const refused = await register(citizen, body)
      app.outside.identity = 'match'
      expect([refused.statusCode, codeOf(refused)]).toEqual([422, 'IDENTITY_MISMATCH'])
      expect((await getMe(citizen)).json()).toMatchObject({ registered: false })
      expect((await register(citizen, body)).statusCode).toBe(201)
    },
  )

  it('loses nothing while the identity authority is away', async () => {
    const { citizen, body } = await prepare()
    app.outside.identity = 'away'
    const refused = await register(citizen, body)
    app.outside.identity = 'match'
    expect([refused.statusCode, codeOf(refused)]).toEqual([503, 'PROVIDER_UNAVAILABLE'])
    expect((await register(citizen, body)).statusCode).toBe(201)
  })

  it('answers a repeat like the first time, and refuses to become somebody else', async () => {
    const { citizen, body } = await prepare()
    const first = await register(citizen, body)
    const again = await register(citizen, body)
    expect([again.statusCode, again.body]).toEqual([201, first.body])
    const someoneElse = identityOf()
    const { faceCheckId } = await takeFaceCheck(app, citizen, someoneElse)
    const other = await register(citizen, bodyOf(faceCheckId, someoneElse))
    expect([other.statusCode, codeOf(other)]).toEqual([409, 'ALREADY_REGISTERED'])
  })

  it('answers the same request in parallel with the same person', async () => {
    const { citizen, body } = await prepare()
    const responses = await Promise.all(Array.from({ length: 6 }, () => register(citizen, body)))
    expect(new Set(responses.map((response) => `${response.statusCode} ${response.body}`)).size).toBe(1)
    expect(responses[0]?.statusCode).toBe(201)
  })

  it('bounds the tries of an account', async () => {
    const { citizen, body } = await prepare()
    app.outside.identity = 'mismatch'
    for (let index = 0; index < 10; index += 1) await register(citizen, body)
    const asked = app.outside.identityQuestions.length
    const refused = await register(citizen, body)
    app.outside.identity = 'match'
    expect([refused.statusCode, codeOf(refused)]).toEqual([429, 'TOO_MANY_REQUESTS'])
    expect(app.outside.identityQuestions).toHaveLength(asked)
  })
})
