import { afterAll, beforeAll, expect, it } from 'vitest'
import { ago, CASES, makeDays, openCase, paperList, scanned } from '../../../../test/cases.ts'
import { createVenue, makeResidentId, registerCitizen } from '../../../../test/factories.ts'
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

it('people on paper count at their stay once registered, each row is accounted for, and nobody is coloured by the list', async () => {
  const hall = await createVenue(app, { name: '婚宴厅', kind: 'catering' })
  const host = await registerCitizen(app)
  await scanned(app, host.personId, hall.pointId, ago(2, '12:00'))
  const anchorAt = ago(1, '08:00').toISOString()
  const { proposalId } = await add(epi, host.personId, { category: 'confirmed', anchorAt })
  await decide(hq, proposalId)
  const { rows } = await app.parts.pool.query(
    'select finding_id from findings where proposal_id = $1::bigint',
    [proposalId],
  )
  const { caseId } = (await openCase(epi, { findingId: rows[0].finding_id })).body
  const open = async () => (await epi.call('GET', `${CASES}/${caseId}?purpose=flow`)).body
  const counts = async () => (await epi.call('POST', `${CASES}/${caseId}/contact-counts`, {})).body
  const guest = await registerCitizen(app)
  const stranger = makeResidentId()
  const { stays, version } = await open()
  const list = paperList(stays[0].stayId, version, [
    guest.documentNumber,
    stranger,
    guest.documentNumber,
    '11010119900307001Y',
  ])
  const sent = await epi.call('POST', `${CASES}/${caseId}/paper-people`, list)
  expect([sent.status, sent.body]).toEqual([
    200,
    { sent: 4, added: 2, repeated: 1, unregistered: 1, refused: [{ row: 4, reason: expect.any(String) }] },
  ])
  expect(await counts()).toMatchObject({
    persons: 1,
    unregistered: 1,
    groups: [{ group: 'close_contact', persons: 1 }, {}, {}],
  })
  await evaluate()
  const { body } = await hq.call('GET', `/api/v1/operator/persons/${guest.personId}?purpose=flow`)
  expect(body.colour).toBe('green')
  const after = await open()
  expect(after.changes[0]).toMatchObject({ change: 'paper_added', version: version + 1 })
  const audited = await app.parts.pool.query(
    `select details ->> 'change' as change from audit_entries where action = 'case.changed' and object_id = $1::text`,
    [caseId],
  )
  expect(audited.rows).toContainEqual({ change: 'paper_added' })

  // The same list again adds nobody and changes nothing; a stale one is refused; a stay of another case is none.
  const anew = { ...list, requestId: crypto.randomUUID(), version: version + 1 }
  const again = await epi.call('POST', `${CASES}/${caseId}/paper-people`, anew)
  expect(again.body).toMatchObject({ sent: 4, added: 0, repeated: 3 })
  expect((await open()).version).toBe(version + 1)
  expect((await epi.call('POST', `${CASES}/${caseId}/paper-people`, list)).body.fields).toEqual([
    { field: 'version', reason: 'changed' },
  ])
  const elsewhere = paperList('999999', version + 1, [stranger])
  expect((await epi.call('POST', `${CASES}/${caseId}/paper-people`, elsewhere)).status).toBe(404)

  const kept = await app.parts.pool.query(
    'select name_encrypted, document_encrypted from case_paper_people where case_id = $1::bigint',
    [caseId],
  )
  expect(kept.rows.every((row) => !row.document_encrypted.includes(stranger))).toBe(true)

  // The decision keeps place and day of whoever was on paper as well.
  const made = await epi.call('POST', `${CASES}/${caseId}/proposals`, {
    requestId: crypto.randomUUID(),
    version: version + 1,
    groups: ['close_contact'],
    without: [],
    evidence: '流调报告 2022-071',
  })
  await decide(hq, made.body.proposalId)
  const mine = await app.http.inject({ url: '/api/v1/me/exposures', headers: guest.headers })
  expect(mine.json().exposures).toMatchObject([
    { group: 'close_contact', venueKind: 'catering', stands: true },
  ])
})
