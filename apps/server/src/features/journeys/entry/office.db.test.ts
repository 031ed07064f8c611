import { randomUUID } from 'node:crypto'
import type { OfficeEntry } from '@jiankangbao/contracts/entry/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEntries } from '../../../../test/entries.ts'
import { addMember, createVenue, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { markArrivals } from './arrivals.ts'

const LIST = '/api/v1/operator/entry-registrations'
const SEARCHES = '/api/v1/operator/entry-searches'
const EXPORTS = '/api/v1/operator/entry-exports'
const today = new Date()
const minutesOn = (minutes: number) => new Date(today.getTime() + minutes * 60_000)

let app: TestApp
let entries: Awaited<ReturnType<typeof createEntries>>
let office: TestOperator
let elsewhere: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: today })
  entries = await createEntries(app)
  office = await createOperator(app, {
    roles: ['office'],
    divisionCode: '320302',
    organisation: '鼓楼防控办',
  })
  elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
})
beforeEach(() => app.setNow(today))
afterAll(() => app.close())

const register = async (more: object = {}) => {
  const citizen = await registerCitizen(app)
  const entry = await entries.submitted(citizen, { ...entries.journey(today, 30), ...more })
  return { citizen, entryId: entry.entryId }
}
const act = (by: TestOperator, entryId: string, what: string, body: object) =>
  by.call('POST', `${LIST}/${entryId}/${what}`, body)
const listed = async (by: TestOperator, query: string): Promise<OfficeEntry[]> =>
  (await by.call('GET', `${LIST}?limit=100&${query}`)).body.entries
const noticesOf = async (citizen: Parameters<typeof entries.read>[0]) =>
  (await entries.declare.call(citizen, 'GET', '/api/v1/me/notices')).body.notices.map(
    ({ kind }: { kind: string }) => kind,
  )
const auditOf = async (entryId: string) =>
  (
    await app.parts.pool.query(
      `select action, purpose, details from audit_entries where object_id = $1::text and actor_kind = 'operator' order by audit_id`,
      [entryId],
    )
  ).rows

describe('the follow-up', () => {
  it('is received, noted and closed, each with its note, its time and a notice', async () => {
    const { citizen, entryId } = await register()
    const received = await act(office, entryId, 'receipt', { note: '电话联系，已到家' })
    expect([received.status, received.body.state]).toEqual([200, 'received'])
    app.setNow(minutesOn(10))
    const call = { requestId: randomUUID(), kind: 'call', note: '体温 36.5' }
    for (const again of [1, 2])
      expect([again, (await act(office, entryId, 'follow-ups', call)).status]).toEqual([again, 201])
    const closed = await act(office, entryId, 'closure', { note: '管理期满' })
    expect(closed.body).toMatchObject({
      state: 'closed',
      followUps: [
        { kind: 'received', note: '电话联系，已到家', at: today.toISOString() },
        { kind: 'call', note: '体温 36.5', at: minutesOn(10).toISOString() },
        { kind: 'closed', note: '管理期满' },
      ],
    })
    const { rows } = await app.parts.pool.query(
      `select note_encrypted from entry_follow_ups where entry_id = $1::uuid`,
      [entryId],
    )
    expect(rows.every(({ note_encrypted }) => !note_encrypted.includes('管理期满'))).toBe(true)
    expect((await auditOf(entryId)).map(({ action }) => action)).toEqual([
      'entry.received',
      'entry.noted',
      'entry.closed',
    ])
    expect(await noticesOf(citizen)).toEqual(expect.arrayContaining(['entry_received', 'entry_closed']))
    // The door no longer sees it.
    const station = await createVenue(app, { kind: 'railway_station' })
    expect((await entries.scan(citizen, station.venueCode)).reasons).toContain('entry_registration_missing')
  })

  it('is received by one of many, and not once more; nothing is closed before', async () => {
    const { entryId } = await register()
    expect((await act(office, entryId, 'closure', { note: '还没到' })).body.code).toBe('STATE_CONFLICT')
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => act(office, entryId, 'receipt', { note: '已接收' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    expect((await act(office, entryId, 'receipt', { note: '再一次' })).status).toBe(409)
    const { body } = await office.call('GET', `${LIST}/${entryId}`)
    expect(body.followUps).toHaveLength(1)
  })

  it('leaves another journey of the traveller alone at the door', async () => {
    const { citizen, entryId } = await register()
    await entries.submitted(citizen, entries.journey(today, 120))
    await act(office, entryId, 'receipt', { note: '已接收' })
    await act(office, entryId, 'closure', { note: '已结束' })
    const station = await createVenue(app, { kind: 'railway_station' })
    expect((await entries.scan(citizen, station.venueCode)).reasons).not.toContain(
      'entry_registration_missing',
    )
  })

  it.each([
    ['receipt', { note: '' }],
    ['receipt', {}],
    ['follow-ups', { requestId: randomUUID(), kind: 'received', note: '不行' }],
    ['follow-ups', { kind: 'call', note: '没有编号' }],
    ['unmaskings', {}],
  ])('refuses %s with %j', async (what, body) => {
    const { entryId } = await register()
    expect((await act(office, entryId, what, body)).status).toBe(400)
  })
})

describe('who may', () => {
  it('is the office of the destination and those above, nobody else', async () => {
    const { citizen, entryId } = await register()
    const street = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    const hq = await createOperator(app, { roles: ['hq'] })
    for (const by of [street, hq]) expect((await by.call('GET', `${LIST}/${entryId}`)).status).toBe(200)
    const follow = { requestId: randomUUID(), kind: 'note', note: '记一笔' }
    for (const [what, body] of [
      ['receipt', { note: '已接收' }],
      ['closure', { note: '已结束' }],
      ['unmaskings', { purpose: '入市报备与接站' }],
      ['follow-ups', follow],
    ] as const)
      expect([what, (await act(elsewhere, entryId, what, body)).status]).toEqual([what, 404])
    expect((await elsewhere.call('GET', `${LIST}/${entryId}`)).status).toBe(404)
    expect((await listed(elsewhere, 'view=all')).map((entry) => entry.entryId)).not.toContain(entryId)
    for (const path of [`${LIST}?divisionCode=320302`, '/api/v1/operator/entry-figures?divisionCode=320302'])
      expect((await elsewhere.call('GET', path)).body.code).toBe('OUT_OF_DIVISION')
    const hotline = await createOperator(app, { roles: ['hotline'] })
    expect((await hotline.call('GET', `${LIST}/${entryId}`)).status).toBe(403)
    expect((await entries.declare.call(citizen, 'GET', `${LIST}/${entryId}`)).status).toBe(401)
  })

  it('sees the phone number with a purpose, which the travellers see too', async () => {
    const { citizen, entryId } = await register()
    const { status, body } = await act(office, entryId, 'unmaskings', { purpose: '入市报备与接站' })
    expect([status, body.contactPhone]).toEqual([200, '+8613800138000'])
    const { rows } = await app.parts.pool.query(
      `select means, purpose, organisation from lookups where person_id = $1::bigint`,
      [citizen.personId],
    )
    expect(rows).toEqual([{ means: 'unmasking', purpose: '入市报备与接站', organisation: '鼓楼防控办' }])
    expect(await auditOf(entryId)).toMatchObject([
      { action: 'entry.phone_revealed', purpose: '入市报备与接站' },
    ])
  })
})

describe('what the office sees', () => {
  it('is where to, in words, who is unwell, and which stays are rated now; no names, no numbers', async () => {
    const area = '340202'
    await entries.declare.rateArea('340200', 'high')
    const citizen = await registerCitizen(app)
    const { memberId } = await addMember(app, citizen)
    const { entryId } = await entries.submitted(citizen, {
      ...entries.journey(today, 30),
      memberIds: [memberId],
      stays: [{ ...entries.journey(today, 30).stays[0], divisionCode: area }],
      unwell: [{ memberId, symptoms: ['fever'] }],
      latestTest: undefined,
    })
    const { body } = await office.call('GET', `${LIST}/${entryId}`)
    expect(body).toMatchObject({
      destinationName: '鼓楼区',
      reason: 'return_home',
      ratedStays: { [area]: 'high' },
      contactPhoneMasked: expect.stringMatching(/\*/),
    })
    expect(body.travellers.map(({ symptoms }: { symptoms?: string[] }) => symptoms)).toEqual([
      undefined,
      ['fever'],
    ])
    expect(JSON.stringify(body)).not.toContain('13800138000')
  })

  it('comes oldest first while there is work, page by page, and by day of arrival', async () => {
    const later = await register(entries.journey(today, 29 * 24 * 60))
    const first = await register({ ...entries.journey(today, -60) })
    const expected = (await listed(office, 'view=expected')).map((entry) => entry.entryId)
    expect(expected.indexOf(first.entryId)).toBeLessThan(expected.indexOf(later.entryId))
    const pages: string[] = []
    let cursor: string | undefined
    do {
      const { body } = await office.call(
        'GET',
        `${LIST}?view=expected&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      )
      pages.push(...body.entries.map((entry: OfficeEntry) => entry.entryId))
      cursor = body.nextCursor
    } while (cursor)
    expect(pages).toEqual(expected)
    const on = new Date(minutesOn(29 * 24 * 60).getTime() + 8 * 3600_000).toISOString().slice(0, 10)
    expect((await listed(office, `view=expected&arrivalOn=${on}`)).map((entry) => entry.entryId)).toEqual([
      later.entryId,
    ])
    expect((await office.call('GET', `${LIST}?arrivalOn=2022-02-31`)).status).toBe(400)
  })

  it('counts persons, by state, mode, origin and hour', async () => {
    const figures = async () => (await office.call('GET', '/api/v1/operator/entry-figures')).body
    await markArrivals(app.parts)
    const before = await figures()
    const station = await createVenue(app, { kind: 'railway_station' })
    const { citizen } = await register({ arrivalMode: 'flight', arrivalNumber: 'MU5123' })
    await entries.scan(citizen, station.venueCode)
    await markArrivals(app.parts)
    const after = await figures()
    expect([after.arrived - before.arrived, after.expected - before.expected]).toEqual([1, 0])
    expect(after.modes).toContainEqual({ arrivalMode: 'flight', count: 1 })
    expect(after.origins[0]).toMatchObject({ code: '310000', name: '上海市' })
    const hour = new Date(today.getTime() + 8 * 3600_000).getUTCHours()
    expect(after.hours).toContainEqual({ hour, arrived: expect.any(Number) })
  })
})

describe('looking for somebody', () => {
  const purpose = '入市报备与接站：核实到站旅客'
  const search = async (by: TestOperator, body: object) => by.call('POST', SEARCHES, { purpose, ...body })
  const idsOf = (answer: { body: { entries: OfficeEntry[] } }) =>
    answer.body.entries.map((entry) => entry.entryId)

  it('finds by plate or train however it is written, by document, and by a masked name', async () => {
    const { citizen, entryId } = await register({ arrivalMode: 'car', arrivalNumber: '苏C·A1234' })
    const document = { type: 'resident_id', number: citizen.documentNumber }
    for (const body of [{ arrivalNumber: '苏ca1234' }, { document }, { name: '张*' }])
      expect(idsOf(await search(office, body))).toContain(entryId)
    expect(idsOf(await search(elsewhere, { document }))).toEqual([])
    const { rows } = await app.parts.pool.query(
      `select means, purpose from lookups where person_id = $1::bigint`,
      [citizen.personId],
    )
    expect(rows).toEqual([{ means: 'console_search', purpose }])
    const audited = await app.parts.pool.query(
      `select details from audit_entries where action = 'entry.searched' and actor_id = $1::text`,
      [elsewhere.operatorId],
    )
    expect(audited.rows).toEqual([{ details: { by: 'documentIndex', entries: [] } }])
  })

  it('refuses several at once, none, and none of a purpose', async () => {
    for (const body of [
      {},
      { name: '张', arrivalNumber: 'G1' },
      { name: '*' },
      { document: { type: 'resident_id', number: '320302199001011' } },
    ])
      expect((await search(office, body)).status).toBe(400)
    expect((await office.call('POST', SEARCHES, { name: '张' })).status).toBe(400)
  })

  it('shows the level of a rated place in a city or province that was stayed in as a whole', async () => {
    await entries.declare.rateArea('610102', 'high')
    const on = shanghaiDayOf(today.getTime())
    const ratedOf = async (divisionCode: string) => {
      const { entryId } = await register({ stays: [{ divisionCode, fromOn: on, toOn: on }] })
      return (await office.call('GET', `${LIST}/${entryId}`)).body.ratedStays
    }
    expect(await ratedOf('610100')).toEqual({ '610100': 'high' })
    expect(await ratedOf('610000')).toEqual({ '610000': 'high' })
    expect(await ratedOf('610202')).toEqual({})
  })

  it('is exported with formulas escaped and the export on record', async () => {
    await register({ destinationDetail: '=HYPERLINK("http://example.org")' })
    const answer = await app.http.inject({
      method: 'POST',
      url: EXPORTS,
      headers: office.headers,
      payload: { view: 'expected', purpose },
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toContain('text/csv')
    expect(answer.body).toContain(`"'=HYPERLINK(""http://example.org"")"`)
    expect(answer.body).not.toContain('13800138000')
    const { rows } = await app.parts.pool.query(
      `select purpose, details from audit_entries where action = 'entry.exported' and actor_id = $1::text`,
      [office.operatorId],
    )
    const count = answer.body.trimEnd().split('\r\n').length - 1
    expect(rows).toMatchObject([
      { purpose, details: { view: 'expected', divisionCode: '320302', count, cut: false } },
    ])
  })

  it('beyond 5,000 holds the first and says so, in the file and on record', async () => {
    const { entryId } = await register()
    const client = new pg.Client({ connectionString: app.database.migratorUrl })
    await client.connect()
    const { rows: versions } = await client.query<{ content_encrypted: Buffer }>(
      `select content_encrypted from declaration_versions where declaration_id = $1::uuid`,
      [entryId],
    )
    const [first] = versions
    if (!first) throw new Error('nothing was registered')
    const { encryption } = app.parts
    const content = encryption.decrypt(first.content_encrypted, inRow('declarations.content', entryId, 1))
    const ids = Array.from({ length: 5001 }, () => randomUUID())
    await client.query(
      `create temporary table copies as select id, row_number() over () as i, content from unnest($1::uuid[], $2::bytea[]) as c(id, content)`,
      [ids, ids.map((id) => encryption.encrypt(content, inRow('declarations.content', id, 1)))],
    )
    await client.query(
      `insert into declaration_versions select c.id, 1, kind, person_id, account_id, device_id, c.content, content_hash, declared_at,
         gen_random_uuid(), office_code from declaration_versions cross join copies c where declaration_id = $1::uuid`,
      [entryId],
    )
    await client.query(
      `insert into entry_registrations (entry_id, account_id, version, state, arrival_mode, planned_arrival_at, origin_code, destination_code, submitted_at)
       select c.id, account_id, 1, state, 'ship', planned_arrival_at, origin_code, destination_code, submitted_at
       from entry_registrations cross join copies c where entry_id = $1::uuid`,
      [entryId],
    )
    await client.end()
    const { headers } = office
    const payload = { arrivalMode: 'ship', purpose }
    const { body } = await app.http.inject({ method: 'POST', url: EXPORTS, headers, payload })
    const lines = body.trimEnd().split('\r\n')
    expect([lines.length, lines.at(-1)]).toEqual([5002, expect.stringContaining('以上为前 5000 份')])
    const { rows } = await app.parts.pool.query(
      `select details from audit_entries where action = 'entry.exported' and actor_id = $1::text order by audit_id desc limit 1`,
      [office.operatorId],
    )
    expect(rows).toMatchObject([{ details: { count: 5000, cut: true } }])
  })
})
