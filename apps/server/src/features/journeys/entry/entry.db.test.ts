import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { createDeclarations } from '../../../../test/declarations.ts'
import { createEntries, ENTRIES } from '../../../../test/entries.ts'
import {
  addMember,
  type RegisteredCitizen,
  registerCitizen,
  signInCitizen,
} from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { rematchStays } from './arrivals.ts'

const start = new Date('2022-03-20T02:00:00Z')
const url = ENTRIES

let app: TestApp
let declare: Awaited<ReturnType<typeof createDeclarations>>
let entries: Awaited<ReturnType<typeof createEntries>>
beforeAll(async () => {
  app = await startTestApp({ now: start })
  entries = await createEntries(app)
  declare = entries.declare
})
beforeEach(() => app.setNow(start))
afterAll(() => app.close())

const bodyFor = (more: object = {}) => entries.bodyFor(more)
const submit = (citizen: RegisteredCitizen, more: object = {}) => entries.submit(citizen, more)
const submitted = (citizen: RegisteredCitizen, more: object = {}) => entries.submitted(citizen, more)

describe('registering a journey', () => {
  it('answers with what is stored, its hash and until when the door knows it', async () => {
    const citizen = await registerCitizen(app)
    const entry = await submitted(citizen)
    expect(entry).toMatchObject({
      state: 'submitted',
      version: 1,
      travellers: [{ nameMasked: '张**' }],
      content: { arrivalNumber: 'G1234', contactPhone: '+8613800138000' },
      placeNames: { '310101': '上海市黄浦区' },
      submittedAt: start.toISOString(),
      validFrom: '2022-03-19T10:00:00.000Z',
      validUntil: '2022-03-23T10:00:00.000Z',
      mayCorrect: true,
      versions: [{ version: 1, contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    })
    const { rows } = await app.parts.pool.query(
      `select entry_id, valid_until from entry_current where person_id = $1::bigint`,
      [citizen.personId],
    )
    expect(rows).toEqual([{ entry_id: entry.entryId, valid_until: new Date('2022-03-23T10:00:00.000Z') }])
    expect((await declare.call(citizen, 'GET', `${url}/${entry.entryId}`)).body).toEqual(entry)
    expect((await declare.call(citizen, 'GET', url)).body.entries).toEqual([entry])
  })

  it('takes the number of the account where no other is given', async () => {
    const citizen = await registerCitizen(app)
    expect((await submitted(citizen, { contactPhone: undefined })).content.contactPhone).toBe(citizen.phone)
  })

  it('is one registration however often the request arrives', async () => {
    const citizen = await registerCitizen(app)
    const body = bodyFor()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => declare.call(citizen, 'POST', url, body)),
    )
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    expect(new Set(answers.map((answer) => answer.body.entryId)).size).toBe(1)
    const other = await declare.call(citizen, 'POST', url, { ...body, reason: 'work' })
    expect([other.status, other.body.code]).toEqual([409, 'REQUEST_ID_REUSED'])
  })

  it.each([
    [{ arrivalNumber: '' }, 'arrivalNumber', 'required'],
    [{ arrivalMode: 'flight', arrivalNumber: '12' }, 'arrivalNumber', 'format'],
    [{ arrivalMode: 'balloon' }, 'arrivalMode', 'not_allowed'],
    [{ plannedArrivalAt: '2022-03-18T10:00:00.000Z' }, 'plannedArrivalAt', 'in_the_past'],
    [{ plannedArrivalAt: '2022-05-18T10:00:00.000Z' }, 'plannedArrivalAt', 'too_far_ahead'],
    [{ plannedArrivalAt: 'soon' }, 'plannedArrivalAt', 'format'],
    [{ originCode: '999999' }, 'originCode', 'unknown_place'],
    [{ destinationCode: '320300' }, 'destinationCode', 'unknown_place'],
    [{ stays: [] }, 'stays', 'required'],
    [
      { stays: [{ divisionCode: '310101', fromOn: '2022-03-19', toOn: '2022-03-21' }] },
      'stays.0.toOn',
      'in_the_future',
    ],
    [
      {
        stays: [
          { divisionCode: '310101', fromOn: '2022-03-10', toOn: '2022-03-15' },
          { divisionCode: '110101', fromOn: '2022-03-12', toOn: '2022-03-20' },
        ],
      },
      'stays.1.fromOn',
      'overlap',
    ],
    [{ contactPhone: '12345678901' }, 'contactPhone', 'format'],
    [{ self: false }, 'memberIds', 'nobody'],
    [{ memberIds: [randomUUID()] }, 'memberIds.0', 'not_a_member'],
    [{ unwell: [{ memberId: randomUUID(), symptoms: ['fever'] }] }, 'unwell.0.memberId', 'not_travelling'],
    [{ unwell: [{ symptoms: [] }] }, 'unwell.0.symptoms', 'required'],
    [{ commitment: false }, 'commitment', 'not_allowed'],
    [{ colour: 'green' }, 'colour', 'unknown_field'],
    [
      { latestTest: { sampledOn: '2022-03-21', result: 'negative' } },
      'latestTest.sampledOn',
      'in_the_future',
    ],
  ])('refuses %j', async (more, field, reason) => {
    const citizen = await registerCitizen(app)
    const { status, body } = await submit(citizen, more)
    expect([status, body.code, body.fields]).toEqual([400, 'VALIDATION_FAILED', [{ field, reason }]])
  })

  it('is for registered citizens, about their own journeys', async () => {
    const nobody = await app.http.inject({ method: 'POST', url, payload: bodyFor() })
    expect(nobody.statusCode).toBe(401)
    const unregistered = await signInCitizen(app)
    const refused = await declare.call(unregistered, 'POST', url, bodyFor())
    expect([refused.status, refused.body.code]).toEqual([403, 'NOT_REGISTERED'])
    const citizen = await registerCitizen(app)
    const other = await registerCitizen(app)
    const { entryId } = await submitted(citizen)
    expect((await declare.call(other, 'GET', `${url}/${entryId}`)).status).toBe(404)
    expect((await declare.call(other, 'POST', `${url}/${entryId}/cancellation`)).status).toBe(404)
    expect((await submit(other, { corrects: entryId })).status).toBe(404)
  })
})

describe('correcting and cancelling', () => {
  it('makes a further version and leaves the first; nobody may edit either', async () => {
    const citizen = await registerCitizen(app)
    const first = await submitted(citizen)
    app.setNow(new Date(start.getTime() + 60_000))
    const second = await submitted(citizen, { corrects: first.entryId, arrivalNumber: 'G999' })
    expect(second.versions.map(({ version, content }) => [version, content.arrivalNumber])).toEqual([
      [2, 'G999'],
      [1, 'G1234'],
    ])
    expect(second.versions[1]?.contentHash).toBe(first.versions[0]?.contentHash)
    await expect(
      app.parts.pool.query(
        `update declaration_versions set content_hash = content_hash where declaration_id = $1::uuid`,
        [first.entryId],
      ),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(app.parts.pool.query(`update stays set to_on = to_on`)).rejects.toMatchObject({
      code: '42501',
    })
    const { rows } = await app.parts.pool.query(
      `select action, details ->> 'contentHash' as hash from audit_entries where object_kind = 'declaration' and object_id = $1::text order by audit_id`,
      [first.entryId],
    )
    expect(rows).toEqual([
      { action: 'declaration.made', hash: first.versions[0]?.contentHash },
      { action: 'declaration.corrected', hash: second.versions[0]?.contentHash },
    ])
  })

  it('leaves people at home who no longer travel', async () => {
    const citizen = await registerCitizen(app)
    const { memberId } = await addMember(app, citizen)
    const both = await submitted(citizen, { memberIds: [memberId] })
    expect(both.travellers).toHaveLength(2)
    const alone = await submitted(citizen, { corrects: both.entryId })
    expect(alone.travellers).toEqual([{ nameMasked: '张**' }])
    const { rowCount } = await app.parts.pool.query(`select from entry_current where entry_id = $1::uuid`, [
      both.entryId,
    ])
    expect(rowCount).toBe(1)
  })

  it('cancels once, and then neither corrects nor counts at the door', async () => {
    const citizen = await registerCitizen(app)
    const { entryId } = await submitted(citizen)
    for (let again = 0; again < 2; again++) {
      const { status, body } = await declare.call(citizen, 'POST', `${url}/${entryId}/cancellation`)
      expect([status, body.state, body.mayCorrect]).toEqual([200, 'cancelled', false])
    }
    expect((await submit(citizen, { corrects: entryId })).body.code).toBe('STATE_CONFLICT')
    const { rowCount } = await app.parts.pool.query(
      `select from entry_current where person_id = $1::bigint`,
      [citizen.personId],
    )
    expect(rowCount).toBe(0)
  })
})

describe('places stayed in risk areas', () => {
  it('make a finding at submission, by the code of the city above', async () => {
    await declare.rateArea('210200', 'high')
    const citizen = await registerCitizen(app)
    await submitted(citizen, {
      stays: [{ divisionCode: '210202', fromOn: '2022-03-06', toOn: '2022-03-18' }],
    })
    expect(await declare.findingsOf(citizen.personId)).toEqual([
      {
        category: 'risk_area_travel',
        anchor_at: new Date('2022-03-17T16:00:00.000Z'),
        source: 'entry_registration',
      },
    ])
    await declare.evaluate()
    expect(await declare.colourOf(citizen.personId)).toBe('red')
  })

  it('do so when the area is rated while the traveller is on the train, once', async () => {
    const citizen = await registerCitizen(app)
    const { entryId } = await submitted(citizen, {
      stays: [{ divisionCode: '220102', fromOn: '2022-03-08', toOn: '2022-03-20' }],
    })
    expect(await declare.findingsOf(citizen.personId)).toEqual([])
    await declare.rateArea('220100', 'medium')
    await rematchStays(app.parts)
    await rematchStays(app.parts)
    expect(await declare.findingsOf(citizen.personId)).toHaveLength(1)
    // The same stay in a further version is not a second finding.
    await submitted(citizen, {
      corrects: entryId,
      stays: [{ divisionCode: '220102', fromOn: '2022-03-08', toOn: '2022-03-20' }],
    })
    expect(await declare.findingsOf(citizen.personId)).toHaveLength(1)
  })

  it('say nothing where they are over, low, or beside the area', async () => {
    await declare.rateArea('230102', 'high')
    await declare.rateArea('240000', 'low')
    await declare.rateArea('250000', 'high', { until: new Date('2022-03-19T00:00:00Z') })
    const citizen = await registerCitizen(app)
    await submitted(citizen, {
      stays: [{ divisionCode: '230103', fromOn: '2022-03-08', toOn: '2022-03-20' }],
    })
    await rematchStays(app.parts)
    expect(await declare.findingsOf(citizen.personId)).toEqual([])
  })

  it('of another adult wait for the office; of a child they count', async () => {
    await declare.rateArea('130100', 'high')
    const citizen = await registerCitizen(app)
    const adult = await addMember(app, citizen)
    const child = await addMember(app, citizen, {
      documentNumber: declare.childDocument(),
      relation: 'child',
      consentMeans: 'guardian',
    })
    await submitted(citizen, {
      self: false,
      memberIds: [adult.memberId, child.memberId],
      stays: [{ divisionCode: '130102', fromOn: '2022-03-08', toOn: '2022-03-20' }],
    })
    expect(await declare.findingsOf(await declare.personOf(adult.memberId))).toEqual([])
    expect(await declare.findingsOf(await declare.personOf(child.memberId))).toHaveLength(1)
    expect(await declare.mattersOf(await declare.personOf(adult.memberId))).toEqual([
      { category: 'risk_area_travel', cause: 'other_person', state: 'waiting', division_code: '320302' },
    ])
  })
})
