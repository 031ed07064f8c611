import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocumentHolders, passportOf } from '../../../../test/document-holders.ts'
import { createVenue, type Named, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { tellLateMatters } from './late-matters.ts'

let app: TestApp
let holders: ReturnType<typeof createDocumentHolders>
beforeAll(async () => {
  app = await startTestApp()
  holders = createDocumentHolders(app)
})
afterAll(() => app.close())

const register = (document: Named) => holders.register(document)
const coloursOf = (...people: { headers: object }[]) => holders.coloursOf(...people)
const makeRed = (personId: string) => holders.makeRed(personId)

describe('two operators say who is who', () => {
  const office = () => createOperator(app, { roles: ['office'] })
  const propose = async (by: TestOperator, body: object) =>
    by.call('POST', '/api/v1/operator/identity-changes', {
      requestId: randomUUID(),
      reason: '已核对两本证件',
      ...body,
    })
  const decide = (by: TestOperator, changeId: string, verdict = 'approve') =>
    by.call('POST', `/api/v1/operator/identity-changes/${changeId}/decision`, { verdict, reason: '属实' })
  const change = async (body: object) => {
    const [one, other] = [await office(), await office()]
    const proposed = await propose(one, body)
    expect(proposed.status, JSON.stringify(proposed.body)).toBe(201)
    const decided = await decide(other, proposed.body.changeId)
    expect(decided.status, JSON.stringify(decided.body)).toBe(200)
    return decided.body
  }
  const matterOf = async (personId: string): Promise<string> =>
    (
      await app.parts.pool.query(
        'select matter_id from identity_matters where second_person_id = $1::bigint',
        [personId],
      )
    ).rows[0]?.matter_id
  const search = async (number: string) =>
    (
      await (
        await office()
      ).call('POST', '/api/v1/operator/person-searches', {
        document: { type: 'passport', number, country: 'USA' },
        purpose: '核实身份与证件',
      })
    ).body.persons
  const pair = async (name: string, birthOn = '1960-01-01') => {
    const [a, b] = [passportOf('USA', name, birthOn), passportOf('USA', name, birthOn)]
    return { a, b, first: await register(a), second: await register(b) }
  }
  const audited = async (changeId: string) =>
    (
      await app.parts.pool.query(
        `select action from audit_entries where object_kind = 'identity_change' and object_id = $1 order by audit_id`,
        [changeId],
      )
    ).rows.map((row) => row.action)

  it('one person: both documents have the colour of all facts; separated, each has its own again', async () => {
    const { a, b, first, second } = await pair('Merge Me')
    const merged = await change({ kind: 'merge', matterId: await matterOf(second.personId) })
    expect(await audited(merged.changeId)).toEqual(['identity_change.proposed', 'identity_change.approved'])
    expect(await coloursOf(first, second)).toEqual(['green', 'green'])
    await makeRed(second.personId)
    expect(await coloursOf(first, second)).toEqual(['red', 'red'])
    for (const number of [a.documentNumber, b.documentNumber])
      expect((await search(number))[0]).toMatchObject({ personId: first.personId, colour: 'red' })
    const events = await app.http.inject({ url: '/api/v1/me/code-events', headers: first.headers })
    const changes = events.json().events.filter(({ kind }: { kind: string }) => kind === 'change')
    expect(changes[0]).toMatchObject({ to: 'red', cause: expect.any(String) })
    await change({ kind: 'unmerge', personId: second.personId })
    expect(await coloursOf(first, second)).toEqual(['green', 'red'])
    expect((await search(b.documentNumber))[0]).toMatchObject({ personId: second.personId })
    // A third time nothing is left to separate.
    const [one, other] = [await office(), await office()]
    const again = await propose(one, { kind: 'unmerge', personId: second.personId })
    expect((await decide(other, again.body.changeId)).status).toBe(409)
  })

  it('a red one does not become green by merging with a clean one', async () => {
    const { first, second } = await pair('Wash Me')
    await makeRed(first.personId)
    await change({ kind: 'merge', matterId: await matterOf(second.personId) })
    expect(await coloursOf(first, second)).toEqual(['red', 'red'])
  })

  it('two people: the second one is green, and is asked about no more', async () => {
    const { b, first, second } = await pair('Other Man')
    await change({ kind: 'keep_apart', matterId: await matterOf(second.personId) })
    expect(await coloursOf(first, second)).toEqual(['green', 'green'])
    await makeRed(first.personId)
    expect(await coloursOf(first, second)).toEqual(['red', 'green'])
    const again = await register(b)
    expect(await coloursOf(again)).toEqual(['green'])
  })

  it('nobody alone, nobody twice, and not without both documents', async () => {
    const { second } = await pair('No One Alone')
    const [one, other] = [await office(), await office()]
    const matterId = await matterOf(second.personId)
    const requestId = randomUUID()
    const body = { requestId, kind: 'merge', matterId }
    const proposed = await propose(one, body)
    expect((await propose(one, body)).body.changeId).toBe(proposed.body.changeId)
    expect((await propose(other, body)).body.code).toBe('REQUEST_ID_REUSED')
    expect((await propose(other, { kind: 'merge', matterId })).body.code).toBe('STATE_CONFLICT')
    expect((await decide(one, proposed.body.changeId)).body.code).toBe('OWN_PROPOSAL')
    const [decided, late] = await Promise.all([
      decide(other, proposed.body.changeId),
      decide(await office(), proposed.body.changeId),
    ])
    expect([decided.status, late.status].sort()).toEqual([200, 409])
    const withdrawn = await propose(one, {
      kind: 'set_absence',
      personId: second.personId,
      absence: 'moved_away',
    })
    const url = `/api/v1/operator/identity-changes/${withdrawn.body.changeId}/withdrawal`
    expect((await other.call('POST', url, { reason: '不是我提的' })).status).toBe(403)
    expect((await one.call('POST', url, { reason: '弄错了' })).body.state).toBe('withdrawn')
    expect(await audited(withdrawn.body.changeId)).toContain('identity_change.withdrawn')
  })

  it('refuses two resident numbers, unknown people and half a proposal', async () => {
    const by = await office()
    const [one, other] = await Promise.all([registerCitizen(app), registerCitizen(app)])
    const refused = async (body: object) => (await propose(by, body)).body.fields?.[0]
    expect(await refused({ kind: 'merge', personId: one.personId, otherPersonId: other.personId })).toEqual({
      field: 'otherPersonId',
      reason: 'two_resident_numbers',
    })
    expect(await refused({ kind: 'merge', matterId: '999999' })).toEqual({
      field: 'matterId',
      reason: 'not_found',
    })
    expect(await refused({ kind: 'keep_apart', personId: one.personId })).toMatchObject({
      reason: 'required',
    })
    expect(await refused({ kind: 'set_absence', personId: one.personId })).toMatchObject({ field: 'absence' })
    expect(await refused({ kind: 'end_absence', personId: '999999' })).toMatchObject({ reason: 'not_found' })
    const document = { name: '张小明', documentType: 'passport', documentNumber: 'E1234567', country: 'CHN' }
    expect(await refused({ kind: 'renew', personId: one.personId, document })).toMatchObject({
      reason: 'number_is_for_life',
    })
    const checker = await createOperator(app, { roles: ['checker'] })
    expect((await propose(checker, { kind: 'unmerge', personId: one.personId })).status).toBe(403)
  })

  it('the dead and the gone have no live code and are told nothing; it can be taken back', async () => {
    const citizen = await registerCitizen(app)
    for (const absence of ['deceased', 'moved_away']) {
      await change({ kind: 'set_absence', personId: citizen.personId, absence })
      const pass = await app.http.inject({ url: '/api/v1/me/pass', headers: citizen.headers })
      expect([pass.statusCode, pass.json().code]).toEqual([409, 'PERSON_ABSENT'])
      const venue = await createVenue(app)
      const checker = await createOperator(app, { roles: ['checker'] })
      const { body } = await checker.call('POST', '/api/v1/checks', {
        requestId: randomUUID(),
        pointId: String(venue.pointId),
        purpose: '入口查验',
        document: { type: 'resident_id', number: citizen.documentNumber },
      })
      expect(body).toMatchObject({ outcome: 'none', decision: 'review', detail: absence })
      await change({ kind: 'end_absence', personId: citizen.personId })
      expect(await coloursOf(citizen)).toEqual(['green'])
    }
    const notices = await app.http.inject({ url: '/api/v1/me/notices', headers: citizen.headers })
    const told = notices.json().notices.filter(({ kind }: { kind: string }) => kind === 'colour_changed')
    expect(told.map(({ details }: { details: { to: string } }) => details.to)).toEqual(['green', 'green'])
  })

  it('the desk lists what waits without names, shows both sides masked, and both see who looked', async () => {
    const { b, first, second } = await pair('Side By Side')
    const by = await office()
    const matterId = await matterOf(second.personId)
    const listed = await by.call('GET', '/api/v1/operator/identity-matters?limit=100')
    expect(listed.body.matters).toContainEqual(
      expect.objectContaining({ matterId, state: 'open', documentTypes: ['passport', 'passport'] }),
    )
    expect(JSON.stringify(listed.body)).not.toContain('S**')
    const url = `/api/v1/operator/identity-matters/${matterId}`
    expect((await by.call('GET', url)).status).toBe(400)
    const shown = await by.call('GET', `${url}?purpose=${encodeURIComponent('核实身份与证件')}`)
    expect(shown.body).toMatchObject({
      first: { personId: first.personId, nameMasked: 'S** B** S**', colour: 'green' },
      second: { personId: second.personId, colour: 'none', country: 'USA' },
    })
    expect(JSON.stringify(shown.body)).not.toContain(b.documentNumber)
    for (const each of [first, second]) {
      const lookups = await app.http.inject({ url: '/api/v1/me/lookups', headers: each.headers })
      expect(lookups.json().lookups[0]).toMatchObject({ means: 'console_view', purpose: '核实身份与证件' })
    }
  })

  it('raises an alarm after two hours, and again half an hour later', async () => {
    await pair('Too Late')
    const start = Date.now()
    const after = (minutes: number) => app.setNow(new Date(start + minutes * 60_000))
    expect(await tellLateMatters(app.parts)).toBe(0)
    after(121)
    expect(await tellLateMatters(app.parts)).toBeGreaterThan(0)
    expect(await tellLateMatters(app.parts)).toBe(0)
    after(152)
    expect(await tellLateMatters(app.parts)).toBeGreaterThan(0)
    app.setNow(undefined)
    const { rows } = await app.parts.pool.query(
      `select times from incidents where kind = 'identity_matter_late' and acknowledged_at is null`,
    )
    expect(rows).toEqual([{ times: 2 }])
  })

  it('renews a document at the desk', async () => {
    const before = passportOf('USA', 'Desk Renewal', '1961-01-01')
    const citizen = await register(before)
    const next = { ...passportOf('USA', 'Desk Renewal-Miller', '1961-01-01') }
    await change({ kind: 'renew', personId: citizen.personId, document: next })
    for (const number of [before.documentNumber, next.documentNumber])
      expect((await search(number))[0]).toMatchObject({
        personId: citizen.personId,
        documentNumberMasked: expect.stringMatching(new RegExp(`${next.documentNumber.slice(-2)}$`)),
      })
  })
})
