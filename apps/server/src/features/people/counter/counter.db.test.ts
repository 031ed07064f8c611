import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDocumentHolders, nextNumber, passportOf } from '../../../../test/document-holders.ts'
import { createVenue, makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { expireCounterActs } from './purge-counter-acts.ts'

let app: TestApp
let first: TestOperator
let second: TestOperator
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())
// Two new ones each time: what one operator may do in an hour is limited.
beforeEach(async () => {
  app.outside.identity = 'match'
  first = await createOperator(app, { roles: ['office'] })
  second = await createOperator(app, { roles: ['office'] })
})

const acts = '/api/v1/operator/counter-acts'
const elder = (birthOn = '1940-02-03') => ({
  name: '孙奶奶',
  documentType: 'resident_id',
  documentNumber: makeResidentId({ birthOn }),
})
const formOf = (identity: object, more: object = {}) => ({
  ...{ requestId: randomUUID(), kind: 'register', cause: 'no_phone', identity },
  ...{ seen: 'resident_card', evidence: '身份证原件，网格员陪同', ...more },
})
const propose = (body: object, by = first) => by.call('POST', acts, body)
const decide = (actId: string, by = second, verdict = 'approve') =>
  by.call('POST', `${acts}/${actId}/decision`, { verdict, reason: '已核对原件' })
const print = (actId: string, by = first, requestId = randomUUID()) =>
  by.call('POST', `${acts}/${actId}/paper-codes`, { requestId })
const approved = async (body: object) => {
  const made = await propose(body)
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const decided = await decide(made.body.actId)
  expect(decided.status, JSON.stringify(decided.body)).toBe(200)
  return decided.body
}
const refusal = async (body: object) => {
  const { status, body: answer } = await propose(body)
  return [status, answer.fields?.[0]?.field, answer.fields?.[0]?.reason]
}
const check = async (document?: object, qrText?: string) => {
  const venue = await createVenue(app)
  const checker = await createOperator(app, { roles: ['checker'] })
  const { body } = await checker.call('POST', '/api/v1/checks', {
    ...{ requestId: randomUUID(), pointId: String(venue.pointId), purpose: '入口查验' },
    ...(document ? { document } : { qrText }),
  })
  return body
}
const rowOf = async (actId: string) =>
  (
    await app.parts.pool.query(
      'select identity_encrypted, guardian_encrypted, person_id from counter_acts where act_id = $1::uuid',
      [actId],
    )
  ).rows[0]
const auditsOf = async (actId: string) =>
  (
    await app.parts.pool.query(
      `select action from audit_entries where object_kind = 'counter_act' and object_id = $1 order by audit_id`,
      [actId],
    )
  ).rows.map(({ action }) => action)

describe('registering somebody without a phone', () => {
  it('takes two operators, gives a colour, and prints a paper code that a door reads', async () => {
    const person = elder()
    const made = await propose(formOf(person))
    expect([made.status, made.body]).toMatchObject([
      201,
      { state: 'open', authority: 'match', nameMasked: '孙**', allowed: ['withdraw'], printable: false },
    ])
    const { actId } = made.body
    expect((await print(actId)).status).toBe(409)
    expect((await decide(actId, first)).body.code).toBe('OWN_PROPOSAL')
    const decided = await decide(actId)
    expect(decided.body).toMatchObject({ state: 'approved', printable: true, doubted: false })
    const requestId = randomUUID()
    const printed = await print(actId, first, requestId)
    expect([printed.status, printed.body.nameMasked]).toEqual([201, '孙**'])
    expect((await print(actId, first, requestId)).body.qrText).toBe(printed.body.qrText)
    expect(await check(undefined, printed.body.qrText)).toMatchObject({ outcome: 'green' })
    expect(await check({ type: 'resident_id', number: person.documentNumber })).toMatchObject({
      outcome: 'green',
    })
    // Lost: another one is printed, and the first is good no more.
    const again = await print(actId)
    expect(await check(undefined, printed.body.qrText)).not.toMatchObject({ decision: 'pass' })
    expect(await check(undefined, again.body.qrText)).toMatchObject({ outcome: 'green' })
    expect(await auditsOf(actId)).toEqual(['counter_act.proposed', 'counter_act.approved'])
    const { rows } = await app.parts.pool.query(
      `select action from audit_entries where action = 'paper_code.issued' and object_id = $1 and actor_kind = 'operator'`,
      [decided.body.personId],
    )
    expect(rows).toHaveLength(2)
  })

  it('is masked on lists and holds name and number no longer than until the decision', async () => {
    const person = elder()
    const { actId } = (await propose(formOf(person))).body
    const listed = await second.call('GET', `${acts}?state=open&limit=100`)
    expect(listed.body.acts).toContainEqual(
      expect.objectContaining({ actId, allowed: ['approve', 'reject'], nameMasked: '孙**' }),
    )
    expect(JSON.stringify(listed.body)).not.toContain(person.documentNumber)
    expect(JSON.stringify(listed.body)).not.toContain(person.name)
    const openings = `${acts}/${actId}/openings`
    expect((await second.call('POST', openings, {})).status).toBe(400)
    const opened = await second.call('POST', openings, { purpose: '核实身份与证件' })
    expect(opened.body).toEqual({ identity: { ...person, birthOn: '1940-02-03' } })
    await decide(actId)
    expect((await rowOf(actId)).identity_encrypted).toBeNull()
    expect((await second.call('POST', openings, { purpose: '核实身份与证件' })).status).toBe(409)
    expect(await auditsOf(actId)).toEqual([
      'counter_act.proposed',
      'counter_act.opened',
      'counter_act.approved',
    ])
    const next = await second.call('GET', `${acts}?limit=1`)
    expect(next.body.nextCursor).toBeTruthy()
    expect(
      (await second.call('GET', `${acts}?limit=1&cursor=${next.body.nextCursor}`)).body.acts[0].actId,
    ).not.toBe(next.body.acts[0].actId)
  })

  it('logs whom it found, shows it to them, and refuses who has a phone', async () => {
    const citizen = await registerCitizen(app)
    const { name, documentNumber } = citizen
    const identity = { name, documentType: 'resident_id', documentNumber }
    expect(await refusal(formOf(identity))).toEqual([409, 'document', 'has_phone'])
    // A misread number does not open somebody else's record.
    expect(await refusal(formOf({ ...identity, name: '李四' }))).toEqual([400, 'identity.name', 'differs'])
    const lookups = await app.http.inject({ url: '/api/v1/me/lookups', headers: citizen.headers })
    expect(lookups.json().lookups).toMatchObject([
      { means: 'console_search', purpose: '窗口办理登记' },
      { means: 'console_search' },
    ])
    // Somebody who got a phone between proposal and decision.
    const late = elder('1950-01-01')
    const made = await propose(formOf(late))
    await registerCitizen(app, { name: late.name, documentNumber: late.documentNumber })
    expect((await decide(made.body.actId)).body.fields).toEqual([{ field: 'document', reason: 'has_phone' }])
  })

  it('asks the authority where it can be asked', async () => {
    app.outside.identity = 'mismatch'
    expect(await refusal(formOf(elder()))).toEqual([400, 'identity.documentNumber', 'authority_mismatch'])
    app.outside.identity = 'unknown'
    expect(await refusal(formOf(elder()))).toEqual([400, 'cause', 'authority_unknown'])
    const unchecked = await propose(
      formOf(elder(), { cause: 'document_unchecked', seen: 'household_register' }),
    )
    expect(unchecked.body).toMatchObject({ authority: 'unknown', seen: 'household_register' })
    app.outside.identity = 'away'
    expect((await propose(formOf(elder()))).body).toMatchObject({ authority: 'unavailable' })
  })

  it('finds who may be known by another document: not green, with a matter for the office', async () => {
    const known = passportOf('KEN', 'Grace Wanjiru', '1951-04-05')
    await createDocumentHolders(app).register(known)
    const other = { ...known, documentNumber: `K${nextNumber()}` }
    const act = await approved(formOf(other, { cause: 'document_unchecked', seen: 'passport' }))
    expect(act).toMatchObject({ doubted: true, printable: true })
    const printed = await print(act.actId)
    expect(await check(undefined, printed.body.qrText)).toMatchObject({
      ...{ outcome: 'none', decision: 'review', detail: 'identity_unconfirmed' },
    })
  })

  it('takes nobody under 14 without somebody grown up', async () => {
    const child = { ...elder('2016-05-05'), name: '孙小宝' }
    const guardian = { ...elder('1985-01-01'), name: '孙大宝', relation: 'parent' }
    expect(await refusal(formOf(child))).toEqual([400, 'guardian.name', 'guardian_needed'])
    const young = { ...guardian, ...elder('2012-01-01') }
    expect(await refusal(formOf(child, { guardian: young }))).toEqual([
      ...[400, 'guardian.documentNumber', 'guardian_not_adult'],
    ])
    const mistyped = { ...guardian, documentNumber: '1234567' }
    expect(await refusal(formOf(child, { guardian: mistyped }))).toEqual([
      400,
      'guardian.documentNumber',
      'length',
    ])
    const act = await approved(formOf(child, { guardian }))
    expect(act.guarded).toBe(true)
    // Who answers for the child stays on record.
    expect((await rowOf(act.actId)).guardian_encrypted).toBeInstanceOf(Buffer)
    expect((await print(act.actId)).status).toBe(201)
  })

  it('is once for a document and a request, and the first decision counts', async () => {
    const body = formOf(elder())
    const [one, other] = await Promise.all([propose(body), propose(body)])
    expect(one.body.actId).toBe(other.body.actId)
    expect((await propose({ ...body, evidence: '另一份材料' })).body.code).toBe('REQUEST_ID_REUSED')
    expect((await propose(body, second)).body.code).toBe('REQUEST_ID_REUSED')
    expect(await refusal({ ...body, requestId: randomUUID() })).toEqual([409, 'document', 'act_open'])
    const third = await createOperator(app, { roles: ['hq'] })
    const decisions = await Promise.all([decide(one.body.actId), decide(one.body.actId, third)])
    expect(decisions.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is withdrawn by who proposed it, rejected without a trace of a person, and runs out', async () => {
    const withdrawn = (await propose(formOf(elder()))).body
    const withdrawal = `${acts}/${withdrawn.actId}/withdrawal`
    expect((await second.call('POST', withdrawal, { reason: '不是我提的' })).status).toBe(403)
    expect((await first.call('POST', withdrawal, { reason: '弄错了' })).body.state).toBe('withdrawn')
    expect(await auditsOf(withdrawn.actId)).toContain('counter_act.withdrawn')
    const rejected = (await propose(formOf(elder()))).body
    expect((await decide(rejected.actId, second, 'reject')).body.state).toBe('rejected')
    expect(await rowOf(rejected.actId)).toMatchObject({ identity_encrypted: null, person_id: null })
    expect((await print(rejected.actId)).status).toBe(409)
    const open = (await propose(formOf(elder()))).body
    app.setNow(new Date(Date.parse(open.expiresAt) + 1000))
    await expireCounterActs(app.parts)
    app.setNow(undefined)
    expect((await rowOf(open.actId)).identity_encrypted).toBeNull()
    expect((await decide(open.actId)).status).toBe(409)
  })

  it('is not for other roles or other divisions', async () => {
    const { actId } = (await propose(formOf(elder()))).body
    for (const role of ['hotline', 'checker', 'sysadmin', 'auditor']) {
      const by = await createOperator(app, { roles: [role] })
      expect((await by.call('GET', acts)).status).toBe(403)
      expect((await propose(formOf(elder()), by)).status).toBe(403)
      expect((await print(actId, by)).status).toBe(403)
    }
    const elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    expect((await decide(actId, elsewhere)).status).toBe(404)
    expect((await print(actId, elsewhere)).status).toBe(404)
    expect((await elsewhere.call('GET', `${acts}?limit=100`)).body.acts).toEqual([])
    expect((await app.http.inject({ method: 'POST', url: acts, payload: formOf(elder()) })).statusCode).toBe(
      401,
    )
  })
})

describe('an elder who joins a family at the counter', () => {
  const holderOf = ({ name, documentNumber }: { name: string; documentNumber: string }) => ({
    ...{ name, documentType: 'resident_id', documentNumber },
  })
  const familyOf = (identity: object, holder: object, more: object = {}) =>
    formOf(identity, { kind: 'family', holder, relation: 'grandparent', ...more })
  const membersOf = async ({ headers }: { headers: { authorization: string } }) =>
    (await app.http.inject({ url: '/api/v1/me/members', headers })).json().members

  it('is there once a second operator agreed, and the holder carries the code', async () => {
    const holder = await registerCitizen(app)
    const made = await propose(familyOf(elder(), holderOf(holder)))
    expect(made.body).toMatchObject({ kind: 'family', holderNameMasked: '张**', relation: 'grandparent' })
    expect(await membersOf(holder)).toEqual([])
    expect((await decide(made.body.actId)).body).toMatchObject({ state: 'approved', printable: false })
    const [member] = await membersOf(holder)
    expect(member).toMatchObject({ consentMeans: 'office', relation: 'grandparent', showsCode: true })
    const url = `/api/v1/me/pass?memberId=${member.memberId}`
    expect((await app.http.inject({ url, headers: holder.headers })).json()).toMatchObject({
      colour: 'green',
    })
    expect((await print(made.body.actId)).status).toBe(409)
    const again = await propose(familyOf(elder(), holderOf(holder)))
    expect(again.status).toBe(201)
  })

  it('keeps the code to themselves where they have a phone, and is told', async () => {
    const [holder, own] = [
      await registerCitizen(app),
      await registerCitizen(app, {
        name: '钱奶奶',
        documentNumber: makeResidentId({ birthOn: '1941-01-01' }),
      }),
    ]
    await approved(familyOf(holderOf(own), holderOf(holder)))
    const [member] = await membersOf(holder)
    expect(member).toMatchObject({ ownAccount: true, showsCode: false })
    const holders = await app.http.inject({ url: '/api/v1/me/holders', headers: own.headers })
    expect(holders.json().holders).toMatchObject([{ consentMeans: 'office' }])
    const notices = await app.http.inject({ url: '/api/v1/me/notices', headers: own.headers })
    expect(notices.json().notices.map(({ kind }: { kind: string }) => kind)).toContain('added_as_member')
  })

  it('refuses who is younger, impossible ages, themselves, and holders without an account', async () => {
    const holder = await registerCitizen(app)
    const by = holderOf(holder)
    expect(await refusal(familyOf(elder('1970-01-01'), by, { relation: 'parent' }))).toEqual([
      ...[400, 'identity.documentNumber', 'from_seventy'],
    ])
    const old = await registerCitizen(app, {
      name: '钱奶奶',
      documentNumber: makeResidentId({ birthOn: '1941-01-01' }),
    })
    expect(await refusal(familyOf(elder(), holderOf(old)))).toEqual([400, 'relation', 'impossible_ages'])
    expect(await refusal(familyOf(holderOf(old), holderOf(old)))).toEqual([
      ...[400, 'holder.documentNumber', 'own_identity'],
    ])
    expect(await refusal(familyOf(elder(), { ...elder('1990-01-01'), name: '无名' }))).toEqual([
      ...[400, 'holder.documentNumber', 'no_account'],
    ])
    expect(await refusal(formOf(elder(), { kind: 'family', relation: 'parent' }))).toEqual([
      ...[400, 'holder.name', 'required'],
    ])
    expect(await refusal(formOf(elder(), { kind: 'family', holder: by }))).toEqual([
      400,
      'relation',
      'required',
    ])
  })
})
