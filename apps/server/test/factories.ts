import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { makeVenueCode } from '@jiankangbao/domain/codes/venue-code'
import { residentIdCheckCharacter } from '@jiankangbao/domain/written/document-types'
import pg from 'pg'
import { expect } from 'vitest'
import { takeId } from '../src/db/take-ids.ts'
import { inRow } from '../src/keys/encrypted-fields.ts'
import type { TestApp } from './test-app.ts'

/** A random mainland mobile number in E.164. */
// 5 and 8: no ranges of satellite phones, to which no texts go.
export const makePhone = (): string =>
  `+861${randomInt(2) === 0 ? 5 : 8}${String(randomInt(1e9)).padStart(9, '0')}`

let residents = 0
let ofFile: string | undefined

/** Counted by each file from the beginning: files of one worker share this module. */
const nextResident = (): number => {
  const { testPath } = expect.getState()
  if (testPath !== ofFile) residents = 0
  ofFile = testPath
  residents += 1
  return residents
}

/** A resident ID number with its check character that no other call gives; one number is one person. */
export const makeResidentId = (
  options: { birthOn?: string; division?: string; endsInX?: boolean } = {},
): string => {
  const birth = (options.birthOn ?? '1990-06-15').replaceAll('-', '')
  for (;;) {
    const resident = nextResident()
    const division = options.division ?? String(320_302 + Math.floor(resident / 1000))
    const first17 = `${division}${birth}${String(resident % 1000).padStart(3, '0')}`
    const check = residentIdCheckCharacter(first17)
    // What ends in zeros is what a spreadsheet left of a number.
    if (!/00$/.test(first17 + check) && (!options.endsInX || check === 'X')) return first17 + check
  }
}

/** A JPEG of one frame of this size and one scan, in which nothing is to be seen. */
export const jpegOf = (width: number, height: number): Buffer => {
  const frame = Buffer.from('ffc00011080000000003012200021101031101', 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const scan = Buffer.from('ffda000c03010002110311003f00', 'hex')
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    frame,
    scan,
    Buffer.alloc(2000, 7),
    Buffer.from('ffd9', 'hex'),
  ])
}
/** As a front camera gives it. */
export const jpeg = jpegOf(640, 480)

/** A multipart body for `inject`. */
export const multipartOf = (
  parts: { name: string; content: Buffer | string; filename?: string; type?: string }[],
): { payload: Buffer; headers: Record<string, string> } => {
  const boundary = 'test-boundary-5b1f'
  const chunks = parts.flatMap(({ name, content, filename, type }) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${filename ? `; filename="${filename}"` : ''}\r\n${type ? `content-type: ${type}\r\n` : ''}\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
  return {
    payload: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

export interface SignedIn {
  phone: string
  accessToken: string
  refreshToken: string
  accountId: string
  sessionId: string
  /** The device on which the session is. */
  deviceSecret: string
  /** For `inject`. */
  headers: { authorization: string }
}

const claimsOf = (token: string): { sub: string; sid: string } =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))

/** The newest sign-in code that went to a phone. */
export const readSmsCode = (app: TestApp, phone: string): string => {
  const message = app.outside.messages.filter((sent) => sent.phone === phone).at(-1)
  const code = /(?<!\d)\d{6}(?!\d)/.exec(message?.text ?? '')?.[0]
  if (!code) throw new Error('no code was sent to this phone')
  return code
}

/** Signs a citizen in through the public door, on a new device unless the secret of one is given. */
export const signInCitizen = async (
  app: TestApp,
  options: { phone?: string; deviceName?: string; deviceSecret?: string } = {},
): Promise<SignedIn> => {
  const phone = options.phone ?? makePhone()
  // Many phones share the address of the test: each call comes from another.
  const remoteAddress = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`
  const sent = await app.http.inject({
    method: 'POST',
    url: '/api/v1/sms-codes',
    payload: { phone, purpose: 'sign-in' },
    remoteAddress,
  })
  expect(sent.statusCode, sent.body).toBe(202)
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    payload: {
      phone,
      smsCode: readSmsCode(app, phone),
      ...(options.deviceName ? { deviceName: options.deviceName } : {}),
      device: options.deviceSecret ? { secret: options.deviceSecret } : {},
    },
  })
  expect(response.statusCode, response.body).toBe(201)
  const { accessToken, refreshToken, deviceSecret } = response.json<{
    accessToken: string
    refreshToken: string
    deviceSecret: string
  }>()
  const { sub, sid } = claimsOf(accessToken)
  return {
    phone,
    accessToken,
    refreshToken,
    deviceSecret,
    accountId: sub,
    sessionId: sid,
    headers: { authorization: `Bearer ${accessToken}` },
  }
}

/** Signs in with a number once more, on another device: that of whoever has the number now. */
export const signInUnproved = async (
  app: TestApp,
  { phone }: Pick<SignedIn, 'phone'>,
  options: { deviceName?: string; deviceSecret?: string } = {},
): Promise<SignedIn> => {
  // As if a while had passed since the last code.
  await app.parts.pool.query(
    `update sms_challenges set created_at = created_at - interval '2 minutes' where phone_index = $1::bytea`,
    [app.parts.encryption.blindIndex('phone', phone)],
  )
  return signInCitizen(app, { phone, ...options })
}

/** Whom a face check is for. */
export interface Named {
  name: string
  /** Otherwise it is a resident ID. */
  documentType?: string
  documentNumber: string
  country?: string
  birthOn?: string
}

/** A face check of this session for one named identity; the verdict is the one that `app.outside` says. */
export const takeFaceCheck = async (
  app: TestApp,
  citizen: Pick<SignedIn, 'headers'>,
  { name, documentType = 'resident_id', documentNumber, country, birthOn }: Named,
): Promise<{ faceCheckId: string; verdict: string }> => {
  const fields = { name, documentType, documentNumber, country, birthOn }
  const { payload, headers } = multipartOf([
    ...Object.entries(fields).flatMap(([field, content]) => (content ? [{ name: field, content }] : [])),
    { name: 'image', content: jpeg, filename: 'face.jpg', type: 'image/jpeg' },
  ])
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/v1/face-checks',
    payload,
    headers: { ...headers, ...citizen.headers },
  })
  expect(response.statusCode, response.body).toBe(201)
  return response.json()
}

export interface RegisteredCitizen extends SignedIn {
  personId: string
  name: string
  documentNumber: string
}

/** Signs a citizen in (unless one is given), takes a face check and registers. The tokens know the person. */
export const registerCitizen = async (
  app: TestApp,
  options: {
    phone?: string
    /** Somebody signed in already. */
    as?: SignedIn
    name?: string
    documentNumber?: string
    birthOn?: string
    /** Otherwise it is a resident ID. */
    passportOf?: string
  } = {},
): Promise<RegisteredCitizen> => {
  const first = options.as ?? (await signInCitizen(app, options.phone ? { phone: options.phone } : {}))
  const name = options.name ?? '张小明'
  const documentNumber =
    options.documentNumber ?? makeResidentId(options.birthOn ? { birthOn: options.birthOn } : {})
  const identity = {
    name,
    documentNumber,
    ...(options.passportOf
      ? { documentType: 'passport', country: options.passportOf, birthOn: options.birthOn ?? '1990-06-15' }
      : { documentType: 'resident_id' }),
  }
  const { faceCheckId } = await takeFaceCheck(app, first, identity)
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/v1/me/registration',
    headers: first.headers,
    payload: { ...identity, faceCheckId, consentVersion: app.parts.config.consentVersion },
  })
  expect(response.statusCode, response.body).toBe(201)
  const refreshed = await app.http.inject({
    method: 'POST',
    url: '/api/v1/sessions/refresh',
    payload: { refreshToken: first.refreshToken },
  })
  expect(refreshed.statusCode, refreshed.body).toBe(201)
  const { accessToken, refreshToken } = refreshed.json<{ accessToken: string; refreshToken: string }>()
  const { rows } = await app.parts.pool.query<{ person_id: string }>(
    'select person_id from accounts where account_id = $1::bigint',
    [first.accountId],
  )
  const personId = rows[0]?.person_id
  if (!personId) throw new Error('registration left the account without a person')
  return {
    ...first,
    accessToken,
    refreshToken,
    headers: { authorization: `Bearer ${accessToken}` },
    personId,
    name,
    documentNumber,
  }
}

/** Adds a member through the public door: grown-ups show their face on the caller's phone, children have a guardian. */
export const addMember = async (
  app: TestApp,
  citizen: Pick<SignedIn, 'headers'>,
  options: { name?: string; documentNumber?: string; relation?: string; consentMeans?: string } = {},
): Promise<{ memberId: string; documentNumber: string; name: string }> => {
  const name = options.name ?? '张老太'
  const documentNumber = options.documentNumber ?? makeResidentId({ birthOn: '1945-03-02' })
  const consentMeans = options.consentMeans ?? 'face'
  const face =
    consentMeans === 'face'
      ? { faceCheckId: (await takeFaceCheck(app, citizen, { name, documentNumber })).faceCheckId }
      : {}
  const response = await app.http.inject({
    method: 'POST',
    url: '/api/v1/me/members',
    headers: citizen.headers,
    payload: {
      requestId: randomUUID(),
      name,
      documentType: 'resident_id',
      documentNumber,
      relation: options.relation ?? 'parent',
      consentMeans,
      ...face,
    },
  })
  expect(response.statusCode, response.body).toBe(201)
  const memberId = response.json<{ member?: { memberId: string } }>().member?.memberId
  if (!memberId) throw new Error('the member is asked first')
  return { memberId, documentNumber, name }
}

/** Somebody with a phone of their own agrees there to be in the family of another. */
export const addRelative = async (
  app: TestApp,
  asker: Pick<SignedIn, 'headers'>,
  asked: Pick<RegisteredCitizen, 'headers' | 'name' | 'documentNumber'>,
  relation = 'spouse',
): Promise<{ memberId: string }> => {
  const { name, documentNumber } = asked
  const requestId = randomUUID()
  const payload = { requestId, name, documentType: 'resident_id', documentNumber, relation }
  const add = () =>
    app.http.inject({
      method: 'POST',
      url: '/api/v1/me/members',
      headers: asker.headers,
      payload: { ...payload, consentMeans: 'own_phone' },
    })
  const { waiting } = (await add()).json<{ waiting: { familyRequestId: string } }>()
  const agreed = await app.http.inject({
    method: 'POST',
    url: `/api/v1/me/family-requests/${waiting.familyRequestId}/answer`,
    headers: asked.headers,
    payload: { answer: 'agreed' },
  })
  expect(agreed.statusCode, agreed.body).toBe(204)
  return (await add()).json<{ member: { memberId: string } }>().member
}

/** The city and two of its districts; only the owner of the database may write them. */
export const createDivisions = async (app: TestApp): Promise<void> => {
  const client = new pg.Client({ connectionString: app.database.migratorUrl })
  await client.connect()
  await client.query(
    `insert into divisions (code, parent_code, name, name_en, level) values
       ('320300', null, '徐州市', 'Xuzhou', 'city'), ('320302', '320300', '鼓楼区', 'Gulou District', 'district'),
       ('320303', '320300', '云龙区', 'Yunlong District', 'district')
     on conflict do nothing`,
  )
  await client.end()
}

/** An operator's row, for whatever refers to one; nobody can sign in as them. */
export const createOperatorRow = async (
  app: TestApp,
  options: { roles?: string[]; divisionCode?: string; organisation?: string } = {},
): Promise<{ operatorId: string }> => {
  await createDivisions(app)
  const operatorId = await takeId(app.parts.pool, 'operators', 'operator_id')
  await app.parts.pool.query(
    `insert into operators (username, display_name, organisation, roles, division_code, password_hash, totp_secret_encrypted, operator_id)
     overriding system value values ($1::text, '测试员', $2::text, $3::text[], $4::text, 'none', $5::bytea, $6::bigint)`,
    [
      `test-${randomUUID().slice(0, 13)}`,
      options.organisation ?? '鼓楼区防控办',
      options.roles ?? ['office'],
      options.divisionCode ?? '320302',
      app.parts.encryption.encrypt('none', inRow('operators.totp_secret', operatorId)),
      operatorId,
    ],
  )
  return { operatorId }
}

export interface TestVenue {
  venueId: number
  pointId: number
  /** As on the poster, for `recordVisit`. */
  venueCode: string
}

/** An approved venue with one point and its posted code. */
export const createVenue = async (
  app: TestApp,
  options: { name?: string; kind?: string; point?: string } = {},
): Promise<TestVenue> => {
  const { operatorId } = await createOperatorRow(app)
  const { encryption, pool, venueCodeMac } = app.parts
  const id = await takeId(pool, 'venues', 'venue_id')
  const venue = await pool.query<{ venue_id: number }>(
    `insert into venues (name, kind, division_code, address, responsible_name_encrypted, responsible_phone_encrypted, state, applied_by, request_id, venue_id)
     overriding system value
     values ($1::text, $2::text, '320302', '中山北路 1 号', $3::bytea, $4::bytea, 'active', $5::bigint, $6::uuid, $7::int) returning venue_id`,
    [
      options.name ?? '测试超市',
      options.kind ?? 'supermarket',
      encryption.encrypt('李四', inRow('venues.responsible_name', id)),
      encryption.encrypt('+8613900000000', inRow('venues.responsible_phone', id)),
      operatorId,
      randomUUID(),
      id,
    ],
  )
  const venueId = venue.rows[0]?.venue_id ?? 0
  const point = await pool.query<{ point_id: number }>(
    `insert into venue_points (venue_id, name) values ($1::int, $2::text) returning point_id`,
    [venueId, options.point ?? '正门'],
  )
  const pointId = point.rows[0]?.point_id ?? 0
  const { codeId, code } = makeVenueCode((length) => randomBytes(length), venueCodeMac)
  await pool.query(`insert into venue_codes (code_id, point_id) values ($1::text, $2::int)`, [
    codeId,
    pointId,
  ])
  return { venueId, pointId, venueCode: code }
}
