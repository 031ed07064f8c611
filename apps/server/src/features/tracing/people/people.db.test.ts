import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ago, CASES, makeDays, openCase, scanned } from '../../../../test/cases.ts'
import { createVenue, registerCitizen, type TestVenue } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let hq: TestOperator
let epi: TestOperator
beforeAll(async () => {
  app = await startTestApp()
  await makeDays(app)
  hq = await createOperator(app, { roles: ['hq'] })
  epi = await createOperator(app, { roles: ['epidemiologist'] })
})
afterAll(() => app.close())

const { add, decide, evaluate } = useProposals(() => app)
const rules = { closeMinutes: 15, coPresenceMinutes: 1, daysBefore: 4 }

const patient = async (visits: [TestVenue, Date][]) => {
  const citizen = await registerCitizen(app)
  for (const [venue, at] of visits) await scanned(app, citizen.personId, venue.pointId, at)
  const { proposalId } = await add(epi, citizen.personId, {
    category: 'confirmed',
    anchorAt: ago(1, '08:00').toISOString(),
  })
  await decide(hq, proposalId)
  await evaluate()
  const { rows } = await app.parts.pool.query(
    'select finding_id from findings where proposal_id = $1::bigint',
    [proposalId],
  )
  const { body } = await openCase(epi, { findingId: rows[0].finding_id })
  return { citizen, caseId: body.caseId as string }
}
const open = async (caseId: string) => (await epi.call('GET', `${CASES}/${caseId}?purpose=flow`)).body
const counts = async (caseId: string, more: object = {}) =>
  epi.call('POST', `${CASES}/${caseId}/contact-counts`, more)

describe('margins of a kind of place', () => {
  it('are moved for one case, count at once, are kept with it, and say what they were changed to', async () => {
    const shop = await createVenue(app, { name: '淮海超市', kind: 'supermarket' })
    const { caseId } = await patient([[shop, ago(2, '10:00')]])
    const late = await registerCitizen(app)
    // The stay of the case ends 10:45, its margin 11:00.
    await scanned(app, late.personId, shop.pointId, ago(2, '11:10'))
    expect((await counts(caseId)).body.persons).toBe(0)
    const margins = [{ kind: 'retail', before: 0, after: 60 }]
    expect((await counts(caseId, { rules: { ...rules, margins } })).body.persons).toBe(1)
    expect((await open(caseId)).stays[0]).toMatchObject({ marginBefore: 0, marginAfter: 15 })
    // The kind itself goes before the kind above it.
    const own = [...margins, { kind: 'supermarket', before: 0, after: 5 }]
    expect((await counts(caseId, { rules: { ...rules, margins: own } })).body.persons).toBe(0)
    const { version } = await open(caseId)
    const kept = await epi.call('POST', `${CASES}/${caseId}/changes`, {
      version,
      rules: { ...rules, margins },
    })
    expect(kept.status).toBe(200)
    expect((await counts(caseId)).body.persons).toBe(1)
    const after = await open(caseId)
    expect(after.stays[0]).toMatchObject({ marginAfter: 60 })
    expect(after.changes[0]).toMatchObject({ change: 'rules_changed', rules: { ...rules, margins } })
  })

  it('are refused twice for one kind, or longer than four hours', async () => {
    const shop = await createVenue(app, { name: '建国书店', kind: 'retail' })
    const { caseId } = await patient([[shop, ago(2, '10:00')]])
    const twice = [1, 2].map((after) => ({ kind: 'retail', before: 0, after }))
    const answer = await counts(caseId, { rules: { ...rules, margins: twice } })
    expect(answer.body.fields).toEqual([{ field: 'rules.margins', reason: 'out_of_range' }])
    const long = [{ kind: 'retail', before: 0, after: 241 }]
    expect((await counts(caseId, { rules: { ...rules, margins: long } })).status).toBe(400)
  })
})

describe('the list of cases', () => {
  it('says how many contacts were approved, and is of one division where asked', async () => {
    const shop = await createVenue(app, { name: '解放茶楼', kind: 'catering' })
    const { caseId } = await patient([[shop, ago(2, '10:00')]])
    const guest = await registerCitizen(app)
    await scanned(app, guest.personId, shop.pointId, ago(2, '10:05'))
    const { version } = await open(caseId)
    const made = await epi.call('POST', `${CASES}/${caseId}/proposals`, {
      requestId: crypto.randomUUID(),
      version,
      groups: ['close_contact'],
      without: [],
      evidence: '流调报告 2022-051',
    })
    const entry = async (filter = '') =>
      (await epi.call('GET', `${CASES}?limit=100${filter}`)).body.cases.find(
        (each: { caseId: string }) => each.caseId === caseId,
      )
    expect(await entry()).toMatchObject({ contacts: 0, proposalId: made.body.proposalId })
    expect((await decide(hq, made.body.proposalId)).status).toBe(200)
    expect(await entry()).toMatchObject({ contacts: 1 })
    expect(await entry('&state=open&divisionCode=320300')).toMatchObject({ contacts: 1 })
    expect(await entry('&divisionCode=320302')).toBeUndefined()
  })
})

describe('the same floor', () => {
  it('counts points that say the same floor, and is refused where the point says none', async () => {
    const mall = await createVenue(app, { name: '中央广场', kind: 'mall', point: '三楼扶梯' })
    const point = async (name: string): Promise<number> =>
      (
        await app.parts.pool.query(
          'insert into venue_points (venue_id, name) values ($1::int, $2::text) returning point_id',
          [mall.venueId, name],
        )
      ).rows[0].point_id
    const { caseId } = await patient([[mall, ago(2, '11:00')]])
    const same = await registerCitizen(app)
    await scanned(app, same.personId, await point('3F 餐饮'), ago(2, '11:10'))
    const below = await registerCitizen(app)
    await scanned(app, below.personId, await point('B1 超市'), ago(2, '11:10'))
    const change = async (id: string, scope: string) => {
      const { stays, version } = await open(id)
      const { stayId, fromAt, untilAt } = stays[0]
      return epi.call('POST', `${CASES}/${id}/stays/${stayId}/changes`, {
        version,
        fromAt,
        untilAt,
        scope,
        counted: true,
        reason: '同层就餐',
      })
    }
    expect((await open(caseId)).stays[0].floor).toBe('3')
    expect((await change(caseId, 'floor')).status).toBe(200)
    expect((await counts(caseId)).body.persons).toBe(1)
    expect((await change(caseId, 'venue')).status).toBe(200)
    expect((await counts(caseId)).body.persons).toBe(2)
    const gate = await createVenue(app, { name: '户部山商场', kind: 'mall' })
    const other = await patient([[gate, ago(2, '11:00')]])
    expect((await change(other.caseId, 'floor')).body.fields).toEqual([
      { field: 'scope', reason: 'no_floor' },
    ])
  })
})

describe('one step further', () => {
  it('finds who was long together with a chosen contact after it met the case, and not before', async () => {
    const cafe = await createVenue(app, { name: '云龙湖茶馆', kind: 'catering' })
    const office = await createVenue(app, { name: '矿务大厦', kind: 'enterprise' })
    const { caseId } = await patient([[cafe, ago(2, '10:00')]])
    const contact = await registerCitizen(app)
    await scanned(app, contact.personId, office.pointId, ago(2, '08:00'))
    await scanned(app, contact.personId, cafe.pointId, ago(2, '10:05'))
    await scanned(app, contact.personId, office.pointId, ago(2, '14:00'))
    const before = await registerCitizen(app)
    await scanned(app, before.personId, office.pointId, ago(2, '08:10'))
    // Leaves the office before the contact comes back.
    await scanned(app, before.personId, cafe.pointId, ago(2, '13:30'))
    const after = await registerCitizen(app)
    await scanned(app, after.personId, office.pointId, ago(2, '14:20'))
    const secondary = ({ body }: Awaited<ReturnType<typeof counts>>) =>
      body.groups.find((each: { group: string }) => each.group === 'secondary_contact').persons
    expect(secondary(await counts(caseId))).toBe(0)
    const further = { rules: { ...rules, further: [contact.personId] } }
    expect(secondary(await counts(caseId, further))).toBe(1)
    const { version } = await open(caseId)
    await epi.call('POST', `${CASES}/${caseId}/changes`, { version, ...further })
    const list = await epi.call('GET', `${CASES}/${caseId}/contacts?purpose=flow&group=secondary_contact`)
    expect(list.body.contacts).toMatchObject([{ personId: after.personId, group: 'secondary_contact' }])
    const made = await epi.call('POST', `${CASES}/${caseId}/proposals`, {
      requestId: crypto.randomUUID(),
      version: version + 1,
      groups: ['secondary_contact'],
      without: [],
      evidence: '流调报告 2022-052',
    })
    await decide(hq, made.body.proposalId)
    const { rows } = await app.parts.pool.query(
      'select person_id, contact_person_id from findings where proposal_id = $1::bigint',
      [made.body.proposalId],
    )
    expect(rows).toEqual([{ person_id: after.personId, contact_person_id: contact.personId }])
  })
})
