import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { createListOperators, IMPORTS, useImports } from '../../../../test/imports.ts'
import type { TestOperator } from '../../../../test/operators.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import type { Pool } from '../../../db/pool.ts'
import { checkImport } from '../stages/check-import.ts'
import { listPersonRows } from '../store/staging.queries.ts'
import { takeWork } from '../store/work.queries.ts'

const start = new Date('2022-03-20T02:00:00Z')
let app: TestApp
let hq: TestOperator
let office: TestOperator
let elsewhere: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: start })
  ;({ hq, office, elsewhere } = await createListOperators(app))
})
afterAll(() => app.close())

const { upload, checked, propose, decide, work, evaluate } = useImports(() => app)
const { add, found, end } = useProposals(() => app)

const tally = ({ problems }: { problems: { problem: string; rows: number }[] }) =>
  Object.fromEntries(problems.map(({ problem, rows }) => [problem, rows]))
const approved = async (by: TestOperator, list: string) => {
  const seen = await checked(by, list)
  expect(seen.problems).toEqual([])
  const { body } = await propose(by, seen.importId)
  expect((await decide(hq, body.proposalId)).body.state).toBe('approved')
  return seen.importId as string
}
const applied = async (by: TestOperator, list: string): Promise<string> => {
  const importId = await approved(by, list)
  await work()
  await evaluate()
  return importId
}
/** As an office does before it acts on somebody of another division. */
const openedBy = async (by: TestOperator, personId: string): Promise<void> => {
  const why = new URLSearchParams({
    purpose: 'flow',
    reason: '协查函要求核对共同居住人',
    caseNumber: '协查 2022-031',
  })
  expect((await by.call('GET', `/api/v1/operator/persons/${personId}?${why}`)).status).toBe(200)
}
const fileOf = async (personId: string) =>
  (await hq.call('GET', `/api/v1/operator/persons/${personId}?purpose=flow`)).body

describe('the zone of a row', () => {
  const listOf = (rows: [document: string, zone: string, category?: string][]) =>
    `\ufeff身份证号码,赋码类别,起算日期,依据,管控区名称/小区\r\n${rows
      .map(([document, zone, category = '封控区']) => `${document},${category},2022-03-19,文号 1,${zone}`)
      .join('\r\n')}\r\n`
  const makeZone = async (by: TestOperator, zone: string) => {
    const { personId } = await registerCitizen(app)
    await openedBy(by, personId)
    const { proposalId } = await add(by, personId, { category: 'control_zone', zone })
    expect((await decide(hq, proposalId)).status).toBe(200)
    const { rows } = await app.parts.pool.query<{ zone_id: string }>(
      'select zone_id from zones where name = $1::text order by zone_id desc limit 1',
      [zone],
    )
    return rows[0]?.zone_id ?? ''
  }
  const lift = async (zoneId: string) => {
    const { status, body } = await office.call('POST', `/api/v1/operator/zones/${zoneId}/lift-proposals`, {
      requestId: randomUUID(),
      endedAt: start.toISOString(),
      evidence: '解封通告 7 号',
    })
    expect(status).toBe(201)
    expect((await decide(hq, body.proposalId)).status).toBe(200)
    await evaluate()
  }

  it('ties the finding to it, by name or number, and lifting it ends all, also of who registers later', async () => {
    const zoneId = await makeZone(office, '幸福家园（东区）')
    const [one, two] = [await registerCitizen(app), await registerCitizen(app)]
    const later = makeResidentId()
    const list = listOf([
      [one.documentNumber, '幸福家园(东区)'],
      [two.documentNumber, zoneId],
      [later, '幸福家园 （东区）'],
    ])
    const seen = await checked(office, list)
    expect(seen).toMatchObject({ goodRows: 3, problems: [] })
    const { body } = await propose(office, seen.importId)
    const sample = await hq.call('GET', `${IMPORTS}/${seen.importId}/sample`)
    expect(sample.body.rows[0]).toMatchObject({ zone: '幸福家园（东区）' })
    await decide(hq, body.proposalId)
    await work()
    await evaluate()
    for (const { personId } of [one, two])
      expect((await fileOf(personId)).findings).toMatchObject([{ zone: '幸福家园（东区）' }])
    await lift(zoneId)
    for (const { personId } of [one, two])
      expect((await fileOf(personId)).findings).toMatchObject([{ endedAt: start.toISOString() }])
    const late = await registerCitizen(app, { documentNumber: later })
    expect(await fileOf(late.personId)).toMatchObject({
      reasons: [],
      findings: [{ zone: '幸福家园（东区）', endedAt: start.toISOString() }],
    })
  })

  it('is refused where it is unknown, lifted, of another division, one of several, or not for the category', async () => {
    const lifted = await makeZone(office, '已解封小区')
    await lift(lifted)
    await makeZone(elsewhere, '别区小区')
    for (const by of [office, elsewhere]) await makeZone(by, '同名小区')
    const rows = ['没有这个', '已解封小区', lifted, '别区小区', `${'长'.repeat(101)}`]
    const list = listOf([
      ...rows.map((zone): [string, string] => [makeResidentId(), zone]),
      [makeResidentId(), '同名小区', '密接'],
      [makeResidentId(), '同名小区'],
    ])
    const seen = await checked(office, list)
    expect(seen.goodRows).toBe(1)
    expect(tally(seen)).toEqual({ zone_unknown: 3, zone_lifted: 2, zone_not_allowed: 1 })
    const file = await app.http.inject({
      method: 'POST',
      url: `${IMPORTS}/${seen.importId}/error-exports`,
      headers: office.headers,
    })
    expect(file.body).toContain('该管控区已经解除')
    const ofCity = await checked(hq, listOf([[makeResidentId(), '同名小区']]))
    expect(tally(ofCity)).toEqual({ zone_ambiguous: 1 })
  })

  it('that was lifted after the check lets nothing be written', async () => {
    const zoneId = await makeZone(office, '匆忙小区')
    const importId = await approved(office, listOf([[makeResidentId(), '匆忙小区']]))
    await lift(zoneId)
    await work()
    expect((await office.call('GET', `${IMPORTS}/${importId}`)).body).toMatchObject({
      state: 'failed',
      failure: { reason: 'zone_lifted', details: ['1'] },
    })
  })
})

describe('the contact of a row', () => {
  const listOf = (rows: [document: string, contact: string, category?: string][]) =>
    `\ufeff身份证号码,赋码类别,起算日期,依据,密接证件号码\r\n${rows
      .map(
        ([document, contact, category = '次密接']) => `${document},${category},2022-03-19,文号 1,${contact}`,
      )
      .join('\r\n')}\r\n`
  const contactOf = async (by: TestOperator) => {
    const contact = await registerCitizen(app)
    await openedBy(by, contact.personId)
    const findingId = await found(by, hq, contact.personId, 'close_contact')
    return { ...contact, findingId }
  }
  const searchesFor = async (personId: string) =>
    (
      await app.parts.pool.query(
        `select l.organisation, (select count(*)::int from audit_entries a where a.action = 'person.console_search'
           and a.object_id = l.person_id::text and a.actor_id = l.operator_id::text) as audited
         from lookups l where l.person_id = $1::bigint and l.means = 'console_search'`,
        [personId],
      )
    ).rows

  it('is who a secondary contact hangs on, also one who registers later', async () => {
    const contact = await contactOf(office)
    const here = await registerCitizen(app)
    const later = makeResidentId()
    await applied(
      office,
      listOf([
        [here.documentNumber, contact.documentNumber],
        [later, contact.documentNumber],
      ]),
    )
    expect((await fileOf(here.personId)).findings).toMatchObject([
      { contact: { personId: contact.personId } },
    ])
    // The contact was searched for once, and is told.
    expect(await searchesFor(contact.personId)).toEqual([{ organisation: expect.any(String), audited: 1 }])
    await found(office, hq, contact.personId, 'confirmed')
    const late = await registerCitizen(app, { documentNumber: later })
    for (const { personId } of [here, late]) {
      const { reasons } = await fileOf(personId)
      expect(reasons.map(({ category }: { category: string }) => category)).toContain('close_contact')
    }
  })

  it('is told once, also where the check broke off and was begun anew', async () => {
    const contact = await contactOf(office)
    const list = listOf([[makeResidentId(), contact.documentNumber]])
    const importId = await upload(office, list)
    const taken = await takeWork(app.parts.pool)
    if (!taken) throw new Error('nothing to work on')
    const dying = { ...app.parts, pool: Object.create(app.parts.pool) as Pool }
    // The process dies as it says how far it is.
    dying.pool.query = ((text: unknown, values: unknown[]) =>
      String(text).includes('progress_done = $4')
        ? Promise.reject(new Error('killed'))
        : app.parts.pool.query(text as string, values)) as Pool['query']
    await expect(checkImport(dying, taken)).rejects.toThrow('killed')
    expect(await searchesFor(contact.personId)).toHaveLength(1)
    await app.parts.pool.query(
      `update imports set worked_at = now() - interval '2 minutes' where import_id = $1`,
      [importId],
    )
    await work()
    expect((await office.call('GET', `${IMPORTS}/${importId}`)).body).toMatchObject({ goodRows: 1 })
    expect(await searchesFor(contact.personId)).toEqual([{ organisation: expect.any(String), audited: 1 }])
    // Another list is another search.
    await checked(office, `${list}\r\n`)
    expect(await searchesFor(contact.personId)).toHaveLength(2)
  })

  it('may be one by another row of the same list, before or after, also a thousand rows on', async () => {
    const [contact, infected, none, stranger] = [
      await registerCitizen(app),
      await registerCitizen(app),
      await registerCitizen(app),
      makeResidentId(),
    ]
    const [one, two] = [await registerCitizen(app), await registerCitizen(app)]
    // One that ends in 000 looks as if a spreadsheet had cut it.
    const others = Array.from({ length: 1200 }, () => makeResidentId())
      .filter((document) => !document.endsWith('000'))
      .map((document): [string, string, string] => [document, '', '时空伴随'])
    const hanging: [string, string, string?][] = [
      [one.documentNumber, contact.documentNumber],
      [infected.documentNumber, '', '确诊'],
      ...others,
      [two.documentNumber, infected.documentNumber],
      [contact.documentNumber, '', '密接'],
    ]
    const refused = await checked(
      office,
      listOf([
        ...hanging,
        [makeResidentId(), none.documentNumber],
        [makeResidentId(), stranger],
        [none.documentNumber, '', '时空伴随'],
        [stranger, '', '密接'],
      ]),
    )
    expect([refused.rows - refused.goodRows, tally(refused)]).toEqual([2, { contact_missing: 2 }])
    const { errors } = (await office.call('GET', `${IMPORTS}/${refused.importId}/errors`)).body
    expect(errors.map(({ rowNumber }: { rowNumber: number }) => rowNumber)).toEqual([
      hanging.length + 2,
      hanging.length + 3,
    ])
    const seen = await checked(office, listOf(hanging))
    expect(seen.impact.moves).toContainEqual({ from: 'green', to: 'red', persons: 4 })
    // The effect is counted with the contact confirmed.
    const positive = new Date('2022-03-18T16:00:00Z')
    expect(await listPersonRows(app.parts.pool, seen.importId, '0', 10)).toMatchObject(
      [contact, infected, one, two].map(({ personId }) => ({
        person_id: personId,
        contact_positive_at: personId === two.personId ? positive : null,
      })),
    )
    expect((await decide(hq, (await propose(office, seen.importId)).body.proposalId)).body.state).toBe(
      'approved',
    )
    await work()
    await evaluate()
    expect((await fileOf(one.personId)).findings).toMatchObject([
      { category: 'secondary_contact', contact: { personId: contact.personId } },
    ])
    // The other contact is a case by the same list.
    const { reasons } = await fileOf(two.personId)
    expect(reasons.map(({ category }: { category: string }) => category)).toContain('close_contact')
    // Whoever is in the list was not searched for.
    for (const { personId } of [contact, infected, none]) expect(await searchesFor(personId)).toEqual([])
  })

  it('who is none, no longer, unknown here or of another division is refused with one word and not told', async () => {
    const [ended, other, nobody] = [
      await contactOf(office),
      await contactOf(elsewhere),
      await registerCitizen(app),
    ]
    const { body } = await end(office, ended.findingId)
    expect((await decide(hq, body.proposalId)).status).toBe(200)
    await evaluate()
    const contacts = [ended.documentNumber, other.documentNumber, nobody.documentNumber, makeResidentId()]
    const list = listOf(contacts.map((contact) => [makeResidentId(), contact]))
    const seen = await checked(office, list)
    expect([seen.goodRows, tally(seen)]).toEqual([0, { contact_missing: 4 }])
    for (const { personId } of [ended, other, nobody]) expect(await searchesFor(personId)).toEqual([])
    // The city covers both divisions.
    const ofCity = await checked(hq, listOf([[makeResidentId(), other.documentNumber]]))
    expect(ofCity).toMatchObject({ goodRows: 1, problems: [] })
    expect(await searchesFor(other.personId)).toHaveLength(1)
  })

  it('is refused where it is oneself, damaged, no number, or not for the category', async () => {
    const contact = await contactOf(office)
    const self = makeResidentId()
    const list = listOf([
      [self, self],
      [makeResidentId(), '3.20302E+17'],
      [makeResidentId(), '320303199003070000'],
      [makeResidentId(), '320303199003070011'],
      [makeResidentId(), contact.documentNumber, '时空伴随'],
      [makeResidentId(), ''],
    ])
    const seen = await checked(office, list)
    expect(seen.goodRows).toBe(1)
    expect(tally(seen)).toEqual({
      contact_self: 1,
      contact_damaged: 2,
      contact_invalid: 1,
      contact_not_allowed: 1,
    })
    expect(await searchesFor(contact.personId)).toEqual([])
  })
})
