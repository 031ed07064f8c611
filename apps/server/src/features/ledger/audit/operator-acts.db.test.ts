import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { isForOperators } from '@jiankangbao/contracts/access'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { NINTH_EDITION } from '@jiankangbao/domain/status/rulesets/ninth-edition'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SAME_FUNCTION } from '../../../../test/acts-of-one-function.ts'
import { makeResidentId, registerCitizen } from '../../../../test/factories.ts'
import { IMPORTS, useImports } from '../../../../test/imports.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { PROPOSALS, useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { TESTING_ACTS } from '../../../../test/testing-acts.ts'

// Every act of an operator leaves an entry: driven here, or in the test named beside it, or exempt for the reason given.

const SAME_PERSON = '../../people/same-person/same-person.db.test.ts'
const ELSEWHERE: Partial<Record<OperationName, { entry: string; test: string }>> = {
  proposeIdentityChange: { entry: 'identity_change.proposed', test: SAME_PERSON },
  decideIdentityChange: { entry: 'identity_change.approved', test: SAME_PERSON },
  withdrawIdentityChange: { entry: 'identity_change.withdrawn', test: SAME_PERSON },
  proposeCounterAct: { entry: 'counter_act.proposed', test: '../../people/counter/counter.db.test.ts' },
  openCounterAct: { entry: 'counter_act.opened', test: '../../people/counter/counter.db.test.ts' },
  decideCounterAct: { entry: 'counter_act.approved', test: '../../people/counter/counter.db.test.ts' },
  withdrawCounterAct: { entry: 'counter_act.withdrawn', test: '../../people/counter/counter.db.test.ts' },
  printCounterPaperCode: { entry: 'paper_code.issued', test: '../../people/counter/counter.db.test.ts' },
  proveSignIn: { entry: 'sign_in.proof_proposed', test: '../../people/proof/proof.db.test.ts' },
  decideSignInProof: { entry: 'sign_in.proved', test: '../../people/proof/proof.db.test.ts' },
  decideTakeOver: { entry: 'take_over.returned', test: '../../people/take-over/take-over.db.test.ts' },
  pairWall: { entry: 'board_wall.paired', test: '../../office/board/wall.db.test.ts' },
  endWall: { entry: 'board_wall.ended', test: '../../office/board/wall.db.test.ts' },
  revealVenueContact: { entry: 'venue.contact_revealed', test: '../../doors/venue/reviewer.db.test.ts' },
  offerVenue: { entry: 'venue.offered', test: '../../doors/venue/offer.db.test.ts' },
  withdrawVenueOffer: { entry: 'venue.offer_withdrawn', test: '../../doors/venue/offer.db.test.ts' },
  revealAppealPhone: { entry: 'appeal.phone_revealed', test: '../../measures/appeal/appeal.db.test.ts' },
  revealEntryPhone: { entry: 'entry.phone_revealed', test: '../../journeys/entry/office.db.test.ts' },
  receiveEntry: { entry: 'entry.received', test: '../../journeys/entry/office.db.test.ts' },
  closeEntry: { entry: 'entry.closed', test: '../../journeys/entry/office.db.test.ts' },
  noteEntryFollowUp: { entry: 'entry.noted', test: '../../journeys/entry/office.db.test.ts' },
  searchEntries: { entry: 'entry.searched', test: '../../journeys/entry/office.db.test.ts' },
  exportEntries: { entry: 'entry.exported', test: '../../journeys/entry/office.db.test.ts' },
  printEntryDaySheet: { entry: 'entry.sheet_printed', test: '../../journeys/entry/day-sheet.db.test.ts' },
  decideMatter: { entry: 'declaration_matter', test: '../../journeys/declaration/declaration.db.test.ts' },
  decideRiskAreaFeed: { entry: 'risk_areas', test: '../../inflow/risk-area/risk-area.db.test.ts' },
  endHotlineCall: { entry: 'hotline.call_ended', test: '../../office/hotline-policy/policy.db.test.ts' },
  saveHotlinePolicy: {
    entry: 'hotline_policy.saved',
    test: '../../office/hotline-policy/policy.db.test.ts',
  },
  dropHotlinePolicy: {
    entry: 'hotline_policy.dropped',
    test: '../../office/hotline-policy/policy.db.test.ts',
  },
  releaseHotlinePolicy: {
    entry: 'hotline_policy.released',
    test: '../../office/hotline-policy/policy.db.test.ts',
  },
  letPass: { entry: 'check.let_pass', test: '../../doors/check/let-pass.db.test.ts' },
  endOwnOperatorSession: {
    entry: 'operator.session_ended',
    test: '../../people/operator/session.db.test.ts',
  },
  endOtherOperatorSessions: {
    entry: 'operator.session_ended',
    test: '../../people/operator/session.db.test.ts',
  },
  endOperatorSessions: {
    entry: 'operator.signed_out_by_administrator',
    test: '../../people/operator/session.db.test.ts',
  },
  offerReEnrolment: { entry: 'device.re_enrolment_offered', test: '../../doors/check/enrolment.db.test.ts' },
  revokeDevice: { entry: 'device.revoked', test: '../../doors/check/device.db.test.ts' },
  placeRiskArea: { entry: 'risk_areas.placed', test: '../../inflow/risk-area/held-areas.db.test.ts' },
  proposeRulesetCallOff: { entry: 'proposal.made', test: '../../measures/ruleset-desk/call-off.db.test.ts' },
  acknowledgeIncident: { entry: 'incident.acknowledged', test: '../incident/incident.db.test.ts' },
  openCase: { entry: 'case.opened', test: '../../tracing/case/case.db.test.ts' },
  changeCase: { entry: 'case.changed', test: '../../tracing/case/case.db.test.ts' },
  endCase: { entry: 'case.changed', test: '../../tracing/case/case.db.test.ts' },
  addCaseReader: { entry: 'case.changed', test: '../../tracing/case/case.db.test.ts' },
  adjustCaseStay: { entry: 'case.changed', test: '../../tracing/case/case.db.test.ts' },
  addCasePaperPeople: { entry: 'case.changed', test: '../../tracing/paper/paper.db.test.ts' },
  proposeExposures: { entry: 'proposal.made', test: '../../tracing/decision/decision.db.test.ts' },
  proposeExposureUndo: { entry: 'proposal.made', test: '../../tracing/decision/decision.db.test.ts' },
  answerExposureObjection: {
    entry: 'exposure.objection_refused',
    test: '../../tracing/decision/decision.db.test.ts',
  },
  exportAuditEntries: { entry: 'audit.exported', test: './audit-search.db.test.ts' },
  startSamplingShift: { entry: 'sampling_shift.started', test: '../../testing/sampling/records.db.test.ts' },
  endSamplingShift: { entry: 'sampling_shift.ended', test: '../../testing/sampling/records.db.test.ts' },
  openTube: { entry: 'tube.opened', test: '../../testing/sampling/records.db.test.ts' },
  undoSample: { entry: 'sample.undone', test: '../../testing/sampling/records.db.test.ts' },
  sealTube: { entry: 'tube.sealed', test: '../../testing/sampling/records.db.test.ts' },
  addTestSite: { entry: 'test_site.added', test: '../../testing/sampling/records.db.test.ts' },
  changeTestSite: { entry: 'test_site.changed', test: '../../testing/sampling/records.db.test.ts' },
  revealCallbackPhone: {
    entry: 'test_result.phone_revealed',
    test: '../../testing/result/result-sheet.db.test.ts',
  },
  recordCallback: { entry: 'test_result.called', test: '../../testing/result/result-sheet.db.test.ts' },
  setTestSiteDay: { entry: 'test_site.day_set', test: '../../testing/booking/booking.db.test.ts' },
  countTestSiteQueue: {
    entry: 'test_site.queue_counted',
    test: '../../testing/sampling/records.db.test.ts',
  },
  ...TESTING_ACTS,
  packTube: { entry: 'tube.packed', test: '../../inflow/laboratory/tube-results.db.test.ts' },
  handOverBox: { entry: 'sample_box.handed_over', test: '../../inflow/laboratory/tube-results.db.test.ts' },
  receiveBox: { entry: 'sample_box.received', test: '../../inflow/laboratory/tube-results.db.test.ts' },
  recordTubeResults: {
    entry: 'tube_results.recorded',
    test: '../../inflow/laboratory/tube-results.db.test.ts',
  },
  decideHeldResult: { entry: 'tube_result.decided', test: '../../inflow/laboratory/tube-results.db.test.ts' },
  decideHeldPush: { entry: 'partner_push.released', test: '../../inflow/held-push/held-push.db.test.ts' },
  addAnnouncement: {
    entry: 'announcement.made',
    test: '../../office/announcement/announcement.db.test.ts',
  },
  saveAnnouncement: {
    entry: 'announcement.saved',
    test: '../../office/announcement/announcement.db.test.ts',
  },
  dropAnnouncementDraft: {
    entry: 'announcement.draft_dropped',
    test: '../../office/announcement/announcement.db.test.ts',
  },
  addAnnouncementFile: {
    entry: 'announcement.file_added',
    test: '../../office/announcement/announcement-files.db.test.ts',
  },
  proposeAnnouncementRelease: {
    entry: 'proposal.made',
    test: '../../office/announcement/announcement.db.test.ts',
  },
  withdrawAnnouncement: {
    entry: 'announcement.withdrawn',
    test: '../../office/announcement/announcement.db.test.ts',
  },
  saveServices: { entry: 'service.saved', test: '../../office/service/service.db.test.ts' },
  dropServiceDraft: { entry: 'service.draft_dropped', test: '../../office/service/service.db.test.ts' },
  proposeServiceRelease: { entry: 'proposal.made', test: '../../office/service/service.db.test.ts' },
  stopService: { entry: 'service.stopped', test: '../../office/service/service.db.test.ts' },
  resumeService: { entry: 'service.resumed', test: '../../office/service/service.db.test.ts' },
  addDirectoryPlace: { entry: 'directory_place.added', test: '../../office/service/directory.db.test.ts' },
  changeDirectoryPlace: {
    entry: 'directory_place.changed',
    test: '../../office/service/directory.db.test.ts',
  },
  stopAnnouncementTexts: {
    entry: 'announcement.texts_stopped',
    test: '../../office/announcement/text-wave.db.test.ts',
  },
  openFollowUp: { entry: 'follow_up.opened', test: '../../measures/monitoring/follow-up.db.test.ts' },
  markFollowUps: { entry: 'follow_up.looked', test: '../../measures/monitoring/follow-up.db.test.ts' },
  endFollowUp: { entry: 'follow_up.ended', test: '../../measures/monitoring/follow-up.db.test.ts' },
  setFollowUpStay: { entry: 'follow_up.stay_set', test: '../../measures/monitoring/follow-up.db.test.ts' },
  printFollowUpSheet: {
    entry: 'follow_up.sheet_printed',
    test: '../../measures/monitoring/follow-up.db.test.ts',
  },
  listFollowUpCalls: {
    entry: 'follow_up.numbers_revealed',
    test: '../../measures/monitoring/follow-up.db.test.ts',
  },
  proposeCorrection: {
    entry: 'identity_change.proposed',
    test: '../../office/correction/correction.db.test.ts',
  },
  recordTicket: { entry: 'ticket.recorded', test: '../../office/ticket/ticket.db.test.ts' },
  searchTickets: { entry: 'ticket.searched', test: '../../office/ticket/ticket.db.test.ts' },
  revealTicketPhone: { entry: 'ticket.phone_revealed', test: '../../office/ticket/ticket.db.test.ts' },
  proposeOverdueTest: {
    entry: 'follow_up.test_overdue',
    test: '../../measures/monitoring/community.db.test.ts',
  },
  offerFollowUps: { entry: 'follow_up.offered', test: '../../measures/monitoring/community.db.test.ts' },
  answerFollowUpOffers: {
    entry: 'follow_up.accepted',
    test: '../../measures/monitoring/community.db.test.ts',
  },
  answerDoorAlarm: { entry: 'door_alarm.answered', test: '../../measures/monitoring/community.db.test.ts' },
  operatorSignOut: { entry: 'operator.signed_out', test: './audit-search.db.test.ts' },
}

const EXEMPT: Partial<Record<OperationName, string>> = {
  comeToHotline: 'says who sits at the desk and how many wait, and keeps the last time of it',
  beginHotlineCall: 'a call is a record of its own, with the operator; its end leaves the entry',
  countCaseContacts: 'counts people without naming anybody and keeps nothing',
  recordCheck: 'a check is a record of its own, with the operator and the purpose, that nobody can alter',
  recordSample:
    'a sample is a record of its own, with tube and shift; what takes it out again leaves an entry',
  putImportPart: 'a part of a file that is not handed over yet; handing it over leaves the entry',
  previewAnnouncement: 'shows what a text would look like and keeps nothing',
  checkRuleset: 'looks at a document and keeps nothing',
}

let app: TestApp
const operator = {} as Record<'hq' | 'hq2' | 'office' | 'office2' | 'sysadmin' | 'auditor', TestOperator>
beforeAll(async () => {
  app = await startTestApp({ environment: { APPROVAL_MANY_A_DAY: '0' } })
  for (const name of ['hq', 'hq2', 'office', 'office2', 'sysadmin', 'auditor'] as const)
    operator[name] = await createOperator(app, { roles: [name.replace('2', '')] })
})
afterAll(() => app.close())

const imports = useImports(() => app)
const proposals = useProposals(() => app)
const driven = new Set<string>()

/** Runs one operation and tells that its caller left an entry by it. */
const act = async (
  name: OperationName,
  by: TestOperator,
  params: Record<string, string> = {},
  body?: object,
  // biome-ignore lint/suspicious/noExplicitAny: answers are passed on
): Promise<any> => {
  const count = async () =>
    (
      await app.parts.pool.query(
        `select 1 from audit_entries where actor_kind = 'operator' and actor_id = $1::text`,
        [by.operatorId],
      )
    ).rowCount ?? 0
  const before = await count()
  const { method, path } = operations[name]
  const answer = await by.call(
    method,
    path.replace(/:(\w+)/g, (_, key) => params[key] ?? ''),
    body,
  )
  expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBeLessThan(300)
  expect(await count(), `${name} leaves an entry`).toBeGreaterThan(before)
  driven.add(name)
  return answer.body
}

const reason = { reason: '工作需要' }

it('of venues', async () => {
  const { office, office2 } = operator
  const fields = {
    name: '云上小店',
    kind: 'retail',
    divisionCode: '320302',
    address: '虚构路 1 号',
    responsibleName: '王小二',
    responsiblePhone: '13900000000',
  }
  const application = { requestId: randomUUID(), ...fields, points: ['正门', '后门'] }
  const { venueId } = await act('applyVenue', office, {}, application)
  const venue = await act('reviewVenue', office2, { venueId }, { verdict: 'approve' })
  await act('changeVenue', office, { venueId }, { address: '虚构路 2 号' })
  const point = await act('addPoint', office, { venueId }, { requestId: randomUUID(), name: '侧门' })
  const rotation = { requestId: randomUUID(), ...reason }
  await act('rotatePointCode', office, { pointId: String(venue.points[0].pointId) }, rotation)
  await act('closePoint', office, { pointId: String(point.pointId) }, reason)
  await act('registerDevice', office, {}, { pointId: String(venue.points[0].pointId), name: '平板 1' })
  await act('suspendVenue', office, { venueId }, reason)
  await act('resumeVenue', office, { venueId })
  await act('closeVenue', office, { venueId }, reason)
})

it('of persons, findings, proposals and alarms', async () => {
  const { hq, hq2, office, office2 } = operator
  const { personId, documentNumber } = await registerCitizen(app)
  const document = { type: 'resident_id', number: documentNumber }
  await act('searchPerson', office, {}, { document, purpose: '流行病学调查' })
  await act('unmaskPerson', office, { personId }, { purpose: '流行病学调查' })
  await act('grantPaperCode', office, { personId }, reason)
  const finding = {
    requestId: randomUUID(),
    personId,
    category: 'co_presence',
    anchorAt: new Date(Date.now() - 3600_000).toISOString(),
    evidence: '流调报告 2022-031',
    source: '市疾控中心',
  }
  const made = await act('proposeFinding', office, {}, finding)
  await act('acknowledgeAlarm', hq, { proposalId: made.proposalId }, { note: '已核实' })
  await act('decideProposal', hq2, { proposalId: made.proposalId }, { verdict: 'approve', reason: '属实' })
  await proposals.evaluate()
  const { rows } = await app.parts.pool.query(
    'select finding_id from findings where person_id = $1::bigint',
    [personId],
  )
  const findingId = rows[0]?.finding_id
  const end = { requestId: randomUUID(), kind: 'withdrawn', evidence: '复核记录 77 号' }
  const ended = await act('proposeFindingEnd', office2, { findingId }, end)
  await act('withdrawProposal', office2, { proposalId: ended.proposalId }, reason)
  expect((await office.call('GET', `${PROPOSALS}/${ended.proposalId}`)).body.state).toBe('withdrawn')
})

it('of lists', async () => {
  const { hq, office, office2 } = operator
  const heading = '姓名,身份证号码,赋码类别,起算日期,依据\r\n'
  const today = new Date().toISOString().slice(0, 10)
  const good = `\ufeff${heading},${makeResidentId()},时空伴随,${today},文号 1\r\n`
  const bad = `\ufeff${heading},12345,时空伴随,${today},文号 1\r\n`
  const bytes = Buffer.from(bad)
  const file = { kind: 'findings', fileName: '名单.csv', evidence: '文号 2022-1', source: '市疾控中心' }
  const { importId } = await act(
    'createImport',
    office,
    {},
    { requestId: randomUUID(), ...file, fileBytes: bytes.length },
  )
  await office.call('PUT', `${IMPORTS}/${importId}/parts/0`, { content: bytes.toString('base64') })
  await act('completeImportUpload', office, { importId })
  await imports.work()
  const errors = await app.http.inject({
    method: 'POST',
    url: `${IMPORTS}/${importId}/error-exports`,
    headers: office.headers,
  })
  const { rowCount } = await app.parts.pool.query(
    `select 1 from audit_entries where action = 'import.errors_exported' and object_id = $1::text`,
    [importId],
  )
  expect([errors.statusCode, rowCount]).toEqual([200, 1])
  driven.add('exportImportErrors')
  await act('cancelImport', office, { importId })
  const checked = await imports.checked(office2, good)
  const proposal = await act(
    'proposeImport',
    office2,
    { importId: checked.importId },
    { requestId: randomUUID() },
  )
  await act('recountImport', office, { importId: checked.importId })
  const undone = { requestId: randomUUID(), reason: '传错了名单', evidence: '更正函 3 号' }
  await imports.work()
  expect((await imports.decide(hq, proposal.proposalId)).body).toMatchObject({ state: 'approved' })
  await imports.work()
  await act('recountImport', office, { importId: checked.importId })
  await imports.work()
  await act('proposeImportUndo', office, { importId: checked.importId }, undone)
})

it('of rulesets', async () => {
  const { hq } = operator
  const body = { requestId: randomUUID(), document: NINTH_EDITION }
  const { draftId } = await act('createRulesetDraft', hq, {}, body)
  await act('startRulesetDryRun', hq, { draftId })
  await act('cancelRulesetDryRun', hq, { draftId })
  await act('cancelRulesetDraft', hq, { draftId })
})

it('of operators and the log itself', async () => {
  const { sysadmin, auditor, hq } = operator
  const creation = {
    requestId: randomUUID(),
    username: `u${randomUUID().slice(0, 8)}`,
    displayName: '新人',
    organisation: '鼓楼区防控办',
    roles: ['office'],
    divisionCode: '320302',
    reason: '新入职',
    phone: '13900010001',
  }
  const made = await act('createOperator', sysadmin, {}, creation)
  const { changeId } = made.change
  const { phone } = creation
  const decision = { verdict: 'approve', reason: '已核对', phone }
  const approved = await act('decideOperatorChange', hq, { changeId }, decision)
  await act('sendActivationAgain', sysadmin, { changeId })
  const { operatorId } = approved.change
  await act('changeOperator', sysadmin, { operatorId }, { displayName: '旧人' })
  const reset = await act(
    'resetOperator',
    sysadmin,
    { operatorId },
    { requestId: randomUUID(), reason: '丢失手机' },
  )
  await act('withdrawOperatorChange', sysadmin, { changeId: reset.change.changeId }, { reason: '找到了' })
  const { documentNumber } = await registerCitizen(app)
  const document = { type: 'resident_id', number: documentNumber }
  await act('searchAuditPerson', auditor, {}, { document, purpose: '审计核查' })
  await act('verifyAuditLog', auditor, {}, { requestId: randomUUID() })
})

it('are all in one of the lists, and the tests named do look for the entry', () => {
  const acts = (Object.keys(operations) as OperationName[]).filter(
    (name) => operations[name].method !== 'GET' && isForOperators(operations[name].access),
  )
  const known = [...driven, ...Object.keys(ELSEWHERE), ...Object.keys(EXEMPT), ...Object.keys(SAME_FUNCTION)]
  expect(acts.filter((name) => !known.includes(name))).toEqual([])
  expect(known.filter((name) => !(acts as string[]).includes(name))).toEqual([])
  for (const [name, { entry, test }] of Object.entries(ELSEWHERE)) {
    const file = new URL(test, import.meta.url)
    expect(existsSync(file) && readFileSync(file, 'utf8').includes(entry), `${name} in ${test}`).toBe(true)
  }
})
