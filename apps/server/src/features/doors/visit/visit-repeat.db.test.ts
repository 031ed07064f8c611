import { randomUUID } from 'node:crypto'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addMember,
  createVenue,
  makeResidentId,
  type RegisteredCitizen,
  registerCitizen,
  type TestVenue,
} from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

// Noon: an hour ago is the same day whenever this runs. Around midnight is tried by visit.db.test.ts.
const noon = new Date(`${shanghaiDayOf(Date.now())}T12:00:00+08:00`)

describe('a scan sent again', () => {
  let app: TestApp
  let citizen: RegisteredCitizen
  let venue: TestVenue
  let child: string
  let mother: string
  beforeAll(async () => {
    app = await startTestApp({ now: noon })
    citizen = await registerCitizen(app)
    venue = await createVenue(app)
    child = (await addMember(app, citizen)).memberId
    mother = (await addMember(app, citizen)).memberId
  })
  afterAll(() => app.close())

  const scan = async (payload: object) => {
    const answer = await app.http.inject({
      method: 'POST',
      url: '/api/v1/visits',
      headers: citizen.headers,
      payload: { venueCode: venue.venueCode, ...payload },
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  const personsOf = async (requestId: string) =>
    (
      await app.parts.pool.query('select person_id from visits where request_key = request_key($1)', [
        requestId,
      ])
    ).rows.length

  const stranger = () => ({
    name: '钱八',
    documentType: 'resident_id',
    documentNumber: makeResidentId(),
  })
  const known = stranger()
  const agoOf = (minutes: number) => new Date(noon.getTime() - minutes * 60_000).toISOString()
  const [anHourAgo, halfAnHourAgo] = [agoOf(60), agoOf(30)]

  // What is asked for first, what a repeat asks for, and how many people the first one recorded.
  const reuses: [name: string, first: () => object, again: () => object, persons: number][] = [
    ['a child ticked since', () => ({}), () => ({ memberIds: [child] }), 1],
    ['the holder instead of the child', () => ({ self: false, memberIds: [child] }), () => ({}), 1],
    [
      'another member',
      () => ({ self: false, memberIds: [child] }),
      () => ({ self: false, memberIds: [mother] }),
      1,
    ],
    ['one member more', () => ({ memberIds: [child] }), () => ({ memberIds: [child, mother] }), 2],
    ['one member less', () => ({ memberIds: [child, mother] }), () => ({ memberIds: [child] }), 3],
    ['nobody else', () => ({ memberIds: [child] }), () => ({}), 2],
    ['others without the holder', () => ({}), () => ({ self: false, memberIds: [child] }), 1],
    [
      'the child without the holder',
      () => ({ memberIds: [child] }),
      () => ({ self: false, memberIds: [child] }),
      2,
    ],
    ['a companion', () => ({}), () => ({ companions: [stranger()] }), 1],
    ['another companion', () => ({ companions: [stranger()] }), () => ({ companions: [stranger()] }), 1],
    ['no companion', () => ({ companions: [stranger()] }), () => ({}), 1],
    ['another time', () => ({ scannedAt: anHourAgo }), () => ({ scannedAt: halfAnHourAgo }), 1],
    ['now instead of then', () => ({ scannedAt: anHourAgo }), () => ({}), 1],
    ['then instead of now', () => ({}), () => ({ scannedAt: anHourAgo }), 1],
  ]
  it.each(reuses)(
    'is refused with %s, records nobody more, and the first answer stands',
    async (_, first, again, persons) => {
      const requestId = randomUUID()
      const body = { requestId, ...first() }
      const answered = await scan(body)
      expect(answered.status).toBe(201)
      const refused = await scan({ requestId, ...again() })
      expect([refused.status, refused.body.code]).toEqual([409, 'REQUEST_ID_REUSED'])
      expect(await personsOf(requestId)).toBe(persons)
      expect(await scan(body)).toEqual(answered)
    },
  )

  it.each<[string, () => object, () => object]>([
    [
      'the same members in another order',
      () => ({ memberIds: [child, mother] }),
      () => ({ memberIds: [mother, child.toUpperCase()] }),
    ],
    ['the same companions', () => ({ companions: [known] }), () => ({ companions: [known] })],
    ['the time that the phone remembers', () => ({}), () => ({ scannedAt: agoOf(3) })],
    ['the same time', () => ({ scannedAt: anHourAgo }), () => ({ scannedAt: anHourAgo })],
    ['what goes without saying', () => ({}), () => ({ self: true, memberIds: [], companions: [] })],
  ])('gets the first answer with %s', async (_, first, again) => {
    const requestId = randomUUID()
    const one = await scan({ requestId, ...first() })
    const other = await scan({ requestId, ...again() })
    expect(other.status).toBe(201)
    expect({ ...other.body, visits: other.body.visits.length }).toEqual({
      ...one.body,
      visits: one.body.visits.length,
    })
  })

  it('in parallel with other people is one scan, and the others are refused', async () => {
    const requestId = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, at) =>
        scan({ requestId, ...(at % 2 === 0 ? {} : { memberIds: at % 4 === 1 ? [child] : [mother] }) }),
      ),
    )
    const given = answers.filter(({ status }) => status === 201)
    expect(new Set(given.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(await personsOf(requestId)).toBe(given[0]?.body.visits.length)
    for (const { status, body } of answers)
      if (status !== 201) expect([status, body.code]).toEqual([409, 'REQUEST_ID_REUSED'])
  })
})
