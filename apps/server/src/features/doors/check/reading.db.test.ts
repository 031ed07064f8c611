import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createVenue,
  makeResidentId,
  type RegisteredCitizen,
  registerCitizen,
  type TestVenue,
} from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const swapLetters = (text: string) =>
  text.replace(/[A-Za-z]/g, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()))
const full = (text: string) =>
  text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))

describe('what POST /checks is given to read', () => {
  let app: TestApp
  let citizen: RegisteredCitizen
  let checker: TestOperator
  let venue: TestVenue
  beforeAll(async () => {
    app = await startTestApp({
      limits: { documentChecksPerCallerPerMinute: 1000, numericChecksPerCallerPerMinute: 1000 },
    })
    citizen = await registerCitizen(app)
    venue = await createVenue(app)
    checker = await createOperator(app, { roles: ['checker'] })
  })
  afterAll(() => app.close())

  const check = async (means: object, as = checker) => {
    const { status, body } = await as.call('POST', '/api/v1/checks', {
      requestId: randomUUID(),
      pointId: String(venue.pointId),
      purpose: '入口查验',
      ...means,
    })
    return { status, ...body }
  }
  const getCode = async (): Promise<{ qrText: string; numericCode: string }> =>
    (await app.http.inject({ method: 'GET', url: '/api/v1/me/pass', headers: citizen.headers })).json()
      .personalCode
  const ago = (ms: number) => ({ scannedAt: new Date(app.parts.clock().getTime() - ms).toISOString() })

  it('digits answer only for the minute in which they lived', async () => {
    const start = Date.now()
    const { numericCode } = await getCode()
    // Never before they were shown, however late the check is sent.
    for (const ms of [61_000, 100_000, 3600_000, 40 * 3600_000])
      expect(await check({ numericCode, ...ago(ms) })).toMatchObject({
        status: 200,
        outcome: 'expired',
        detail: 'not_yet_valid',
        reasons: [],
      })
    // Sent after five minutes, read in their minute: the only late check that they answer.
    app.setNow(new Date(start + 300_000))
    expect(await check({ numericCode, ...ago(200_000) })).toMatchObject({ outcome: 'expired' })
    expect(await check({ numericCode, ...ago(270_000) })).toMatchObject({ outcome: 'green', late: true })
    // Once, whatever time is claimed.
    for (const ms of [270_000, 200_000, 40 * 3600_000])
      expect(await check({ numericCode, ...ago(ms) })).toMatchObject({
        outcome: 'expired',
        detail: 'used_before',
      })
    app.setNow(undefined)
  })

  it('digits that are somebody else’s by now answer for nobody of before', async () => {
    const { numericCode } = await getCode()
    const other = await registerCitizen(app)
    await app.parts.pool.query(
      `update numeric_codes set person_id = $2, expires_at = now() + interval '10 minutes' where digits = $1`,
      [Number(numericCode), other.personId],
    )
    const answer = await check({ numericCode })
    expect(answer).toMatchObject({ outcome: 'expired', detail: 'not_yet_valid' })
    expect(answer).not.toHaveProperty('nameMasked')
  })

  it('used digits are used, made-up ones are of nobody', async () => {
    const { numericCode } = await getCode()
    expect(await check({ numericCode })).toMatchObject({ outcome: 'green' })
    const again = await check({ numericCode })
    expect(again).toMatchObject({ outcome: 'expired', detail: 'used_before', reasons: [] })
    for (const said of ['colour', 'decision', 'nameMasked']) expect(again).not.toHaveProperty(said)
    await app.parts.pool.query('delete from numeric_codes where digits = 13572468')
    expect(await check({ numericCode: '13572468' })).toMatchObject({
      outcome: 'unknown',
      detail: 'never_issued',
    })
  })

  it.each<[string, (text: string) => string]>([
    ['Caps Lock', swapLetters],
    ['a scanner’s prefix', (text) => `]Q1${text}`],
    ['both', (text) => swapLetters(`]Q1${text}`)],
    ['full-width letters', full],
    [
      'an input method’s signs',
      (text) => text.replaceAll('.', '。').replaceAll(':', '：').replaceAll('/', '、'),
    ],
    ['line end and tab', (text) => `\t${text}\r\n`],
    ['invisible marks', (text) => `\ufeff\u202a${text.slice(0, 40)}\u200b${text.slice(40)}\u202c`],
    ['encoded twice', (text) => encodeURIComponent(encodeURIComponent(text))],
    ['no scheme', (text) => text.replace(/^https?:\/\//, '')],
    ['a host in capitals', (text) => text.replace(/^[^?]*?\/\/[^/]+/, (host) => host.toUpperCase())],
    ['a full stop behind', (text) => `${text}。`],
    ['scanned twice in one', (text) => text + text],
  ])('reads a genuine live code through %s', async (_, decorate) => {
    const { qrText } = await getCode()
    expect(await check({ qrText: decorate(qrText) })).toMatchObject({ status: 200, outcome: 'green' })
  })

  it.each<[string, (text: string) => string]>([
    ['letter_case', (text) => text.toUpperCase()],
    ['cut_off', (text) => text.slice(0, -7)],
    ['too_long', (text) => `${text}AB`],
    ['input_method', (text) => `${text.slice(0, -9)}的${text.slice(-8)}`],
  ])('says %s of a genuine code that can not be read, never forged', async (cause, damage) => {
    const { qrText } = await getCode()
    const answer = await check({ qrText: damage(qrText) })
    expect(answer).toMatchObject({
      status: 200,
      outcome: 'unknown',
      detail: `unreadable_${cause}`,
      reasons: [],
    })
    expect(answer).not.toHaveProperty('colour')
  })

  it('reads digits and the number of an ID card out of a scanner’s text, within the same limits', async () => {
    const { numericCode } = await getCode()
    expect(await check({ qrText: `${numericCode}\r\n` })).toMatchObject({ outcome: 'green' })
    const number = citizen.documentNumber
    expect(await check({ qrText: number.toLowerCase() })).toMatchObject({
      outcome: 'green',
      nameMasked: '张**',
      documentNumberMasked: expect.stringMatching(/^\d\d\*+/),
    })
    expect(await check({ qrText: makeResidentId() })).toMatchObject({
      outcome: 'unknown',
      detail: 'never_issued',
    })
    expect(await check({ qrText: '320302199001011234' })).toMatchObject({
      detail: 'unreadable_document_number',
    })

    const limited = await startTestApp({
      limits: { documentChecksPerCallerPerMinute: 1, numericChecksPerCallerPerMinute: 1 },
    })
    const place = await createVenue(limited)
    const operator = await createOperator(limited, { roles: ['checker'] })
    const statuses: number[] = []
    for (const qrText of ['12345678', '12345679', number, makeResidentId()])
      statuses.push((await check({ qrText, pointId: String(place.pointId) }, operator)).status)
    await limited.close()
    expect(statuses).toEqual([200, 429, 200, 429])
  })
})
