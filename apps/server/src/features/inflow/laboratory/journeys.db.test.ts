import { randomUUID } from 'node:crypto'
import type { StatusReason } from '@jiankangbao/contracts/reasons'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOperatorRow, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { evaluateDirty } from '../../colours/status/status.service.ts'

const NOW = new Date('2022-03-12T04:00:00.000Z')

let app: TestApp
let laboratory: TestPartner
let headquarters: TestOperator
let epidemiologist: TestOperator
beforeAll(async () => {
  app = await startTestApp({ now: NOW })
  laboratory = await createPartner(app, 'laboratory', '徐州第二检验所')
  await createOperatorRow(app, { divisionCode: '320300' })
  headquarters = await createOperator(app, { roles: ['hq'] })
  epidemiologist = await createOperator(app, { roles: ['epidemiologist'] })
})
afterAll(() => app.close())

const push = async (...results: object[]) => {
  const answer = await laboratory.push('/api/v1/partner/test-results', { batchId: randomUUID(), results })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}

const result = (citizen: RegisteredCitizen, sampledAt: string, more: object = {}) => ({
  action: 'report',
  number: randomUUID(),
  kind: 'single',
  result: 'negative',
  sampledAt: `2022-03-${sampledAt}:00+08:00`,
  persons: [{ documentType: 'resident_id', documentNumber: citizen.documentNumber }],
  ...more,
})

const colourOf = async (citizen: RegisteredCitizen): Promise<string> => {
  while ((await inTransaction(app.parts.pool, (tx) => evaluateDirty(tx, 100, app.parts.clock()))) > 0);
  const pass = await app.http.inject({ url: '/api/v1/me/pass', headers: citizen.headers })
  return pass.json().colour
}

const reasonsOf = async (citizen: RegisteredCitizen): Promise<StatusReason[]> => {
  await colourOf(citizen)
  const pass = await app.http.inject({ url: '/api/v1/me/pass', headers: citizen.headers })
  return pass.json().reasons
}

const categoriesOf = async (citizen: RegisteredCitizen): Promise<string[]> =>
  (await reasonsOf(citizen)).map((reason) => reason.category)

/** Entered by one operator, approved by another. */
const addFinding = async (citizen: RegisteredCitizen, category: string, anchorAt: string) => {
  const proposed = await epidemiologist.call('POST', '/api/v1/operator/finding-proposals', {
    requestId: randomUUID(),
    personId: citizen.personId,
    category,
    anchorAt,
    evidence: '流调报告 12 号',
    source: '泉山区疾控中心',
  })
  expect(proposed.status, JSON.stringify(proposed.body)).toBe(201)
  await decide(proposed.body.proposalId ?? proposed.body.proposal?.proposalId)
}

const decide = async (proposalId: string, verdict = 'approve') => {
  const decided = await headquarters.call('POST', `/api/v1/operator/proposals/${proposalId}/decision`, {
    verdict,
    reason: '核对无误',
  })
  expect(decided.status, JSON.stringify(decided.body)).toBe(200)
}

const openDrafts = async (citizen: RegisteredCitizen) =>
  (await headquarters.call('GET', `/api/v1/operator/proposals?state=open&personId=${citizen.personId}`)).body
    .proposals

const coPresence = async () => {
  const citizen = await registerCitizen(app)
  // At noon of 10 March, Asia/Shanghai.
  await addFinding(citizen, 'co_presence', '2022-03-08T04:00:00.000Z')
  expect(await colourOf(citizen)).toBe('yellow')
  return citizen
}

describe('journeys of results', () => {
  it('turning yellow and green again by two tests', async () => {
    const citizen = await coPresence()
    await push(result(citizen, '09T08:00'))
    expect(await colourOf(citizen)).toBe('yellow')
    await push(result(citizen, '10T08:00'))
    expect(await colourOf(citizen)).toBe('green')
    const { notices } = (
      await app.http.inject({ url: '/api/v1/me/notices', headers: citizen.headers })
    ).json()
    // The clock stands still, so their order says nothing.
    const steps = notices.map(
      ({ details }: { details: { from: string; to: string } }) => `${details.from} ${details.to}`,
    )
    expect(steps.sort()).toEqual(['green yellow', 'yellow green'])
  })

  it('two negatives 23 h 59 min apart are one; a third a minute later makes two', async () => {
    const citizen = await coPresence()
    await push(result(citizen, '09T08:00'), result(citizen, '10T07:59'))
    expect(await colourOf(citizen)).toBe('yellow')
    await push(result(citizen, '10T08:00'))
    expect(await colourOf(citizen)).toBe('green')
  })

  it('late, corrected, withdrawn: the status follows the time of sampling', async () => {
    const citizen = await coPresence()
    const second = result(citizen, '10T09:00')
    await push(second)
    // Sampled before the other, reported after it.
    const late = result(citizen, '09T08:30', { reportedAt: '2022-03-12T11:00:00+08:00' })
    await push(late)
    expect(await colourOf(citizen)).toBe('green')
    // It was sampled half an hour later than first said: less than a day apart now.
    await push({ ...late, action: 'correct', sampledAt: '2022-03-09T09:01:00+08:00' })
    expect(await colourOf(citizen)).toBe('yellow')
    await push({ ...late, action: 'correct' })
    expect(await colourOf(citizen)).toBe('green')
    await push({ action: 'withdraw', number: second.number })
    expect(await colourOf(citizen)).toBe('yellow')
    const { rows } = await app.parts.pool.query(
      `select revision from test_results where laboratory_number = $1::text`,
      [late.number],
    )
    expect(rows).toEqual([{ revision: 3 }])
  })
})

describe('the reason that a citizen reads', () => {
  it('says how many negatives count, from when the next one does, and no end that is past', async () => {
    const citizen = await coPresence()
    await push(result(citizen, '12T09:00'))
    const [reason] = await reasonsOf(citizen)
    // Its three days ended at midnight of 12 March.
    expect(reason).toEqual({
      category: 'co_presence',
      title: { zh: '时空伴随人员', en: 'Same place and time as a case' },
      colour: 'yellow',
      since: '2022-03-08T04:00:00.000Z',
      condition: 'negative_tests',
      conditions: [
        {
          key: 'negative_tests',
          tests: {
            counted: 1,
            required: 2,
            minimumHoursApart: 24,
            kinds: 'any',
            nextSampleFrom: '2022-03-13T01:00:00.000Z',
          },
        },
      ],
      actions: ['watch_health', 'two_tests_a_day_apart'],
      appealable: true,
    })
    const file = await headquarters.call('GET', `/api/v1/operator/persons/${citizen.personId}?purpose=flow`)
    expect(file.body.reasons).toEqual([reason])
  })

  it('says when all of it ends, and until when a journey home sets it aside', async () => {
    const citizen = await registerCitizen(app)
    await addFinding(citizen, 'close_contact', '2022-02-24T04:00:00.000Z')
    expect(await reasonsOf(citizen)).toMatchObject([
      { colour: 'yellow', endsAt: '2022-03-17T16:00:00.000Z', until: '2022-03-17T16:00:00.000Z' },
    ])
    await addFinding(citizen, 'departure_pass', '2022-03-12T03:00:00.000Z')
    expect(await colourOf(citizen)).toBe('green')
    expect(await reasonsOf(citizen)).toMatchObject([
      { category: 'close_contact', colour: 'yellow', suspendedUntil: '2022-03-14T03:00:00.000Z' },
      { category: 'departure_pass', colour: 'green', until: '2022-03-14T03:00:00.000Z' },
    ])
  })

  it('of an evaluation by an earlier version is given as it is, without an end that is past', async () => {
    const citizen = await registerCitizen(app)
    const kept = { category: 'symptom', colour: 'yellow', since: '2022-03-01T04:00:00.000Z' }
    const rest = { condition: 'negative_tests', actions: [], appealable: true }
    await app.parts.pool.query(`update status_current set reasons = $2::jsonb where person_id = $1::bigint`, [
      citizen.personId,
      JSON.stringify([{ ...kept, until: '2022-03-02T04:00:00.000Z', ...rest }]),
    ])
    expect(await reasonsOf(citizen)).toEqual([{ ...kept, ...rest }])
  })
})

describe('a positive sample', () => {
  it('drafts a confirmed case that a person approves; before that it is yellow, not red', async () => {
    const citizen = await registerCitizen(app)
    const positive = result(citizen, '12T08:00', { result: 'positive' })
    await push(positive)
    expect(await colourOf(citizen)).toBe('yellow')
    const [draft, ...others] = await openDrafts(citizen)
    expect(others).toEqual([])
    expect(draft).toMatchObject({ category: 'confirmed', proposedBy: '徐州第二检验所', mine: false })
    await decide(draft.proposalId)
    expect(await colourOf(citizen)).toBe('red')

    // The laboratory takes it back: red stays until a person has approved that too.
    await push({ action: 'withdraw', number: positive.number })
    expect(await colourOf(citizen)).toBe('red')
    const [end] = await openDrafts(citizen)
    expect(end).toMatchObject({ kind: 'finding.end', category: 'confirmed' })
    await decide(end.proposalId)
    expect(await colourOf(citizen)).toBe('green')
  })

  it('whose draft was rejected no longer stands alone', async () => {
    const citizen = await registerCitizen(app)
    await push(result(citizen, '12T08:00', { result: 'positive' }))
    expect(await colourOf(citizen)).toBe('yellow')
    const [draft] = await openDrafts(citizen)
    await decide(draft.proposalId, 'reject')
    expect(await colourOf(citizen)).toBe('green')
  })

  it('corrected to negative before anybody decided takes its draft back', async () => {
    const citizen = await registerCitizen(app)
    const positive = result(citizen, '12T08:00', { result: 'positive' })
    await push(positive)
    expect(await openDrafts(citizen)).toHaveLength(1)
    await push({ ...positive, action: 'correct', result: 'negative' })
    expect(await openDrafts(citizen)).toEqual([])
    expect(await colourOf(citizen)).toBe('green')
  })

  it('corrected in its time only, after approval, needs nothing more', async () => {
    const citizen = await registerCitizen(app)
    const positive = result(citizen, '12T08:00', { result: 'positive' })
    await push(positive)
    const [draft] = await openDrafts(citizen)
    await decide(draft.proposalId)
    await push({ ...positive, action: 'correct', sampledAt: '2022-03-12T08:10:00+08:00' })
    expect(await openDrafts(citizen)).toEqual([])
    expect(await colourOf(citizen)).toBe('red')
  })
  it('taken back and confirmed again keeps its case, whatever draft stood in between', async () => {
    const citizen = await registerCitizen(app)
    const positive = result(citizen, '12T08:00', { result: 'positive' })
    await push(positive)
    await decide((await openDrafts(citizen))[0].proposalId)
    await push({ ...positive, action: 'correct', result: 'negative' })
    const [end] = await openDrafts(citizen)
    expect(end).toMatchObject({ kind: 'finding.end' })
    await push({ ...positive, action: 'correct' })
    expect(await openDrafts(citizen)).toEqual([])
    const late = await headquarters.call('POST', `/api/v1/operator/proposals/${end.proposalId}/decision`, {
      verdict: 'approve',
      reason: '核对无误',
    })
    expect([late.status, late.body.code]).toEqual([409, 'STATE_CONFLICT'])
    expect(await colourOf(citizen)).toBe('red')

    // A second time, and again corrected while the draft waits: one draft, which frees the person.
    const negative = { ...positive, action: 'correct', result: 'negative' }
    await push(negative)
    await push({ ...negative, sampledAt: '2022-03-12T08:05:00+08:00' })
    const [again, ...others] = await openDrafts(citizen)
    expect(others).toEqual([])
    await decide(again.proposalId)
    expect(await colourOf(citizen)).toBe('green')
    // And positive after all: somebody has to decide anew.
    await push({ ...positive, action: 'correct' })
    expect(await colourOf(citizen)).toBe('yellow')
    expect(await openDrafts(citizen)).toMatchObject([{ kind: 'finding.add', category: 'confirmed' }])
  })

  it('whose end was rejected is not proposed to end again by a correction of something else', async () => {
    const citizen = await registerCitizen(app)
    const positive = result(citizen, '12T08:00', { result: 'positive' })
    await push(positive)
    await decide((await openDrafts(citizen))[0].proposalId)
    await push({ ...positive, action: 'correct', result: 'negative' })
    await decide((await openDrafts(citizen))[0].proposalId, 'reject')
    await push({ ...positive, action: 'correct', result: 'negative', sampledAt: '2022-03-12T08:01:00+08:00' })
    expect(await openDrafts(citizen)).toEqual([])
    expect(await colourOf(citizen)).toBe('red')
  })

  it('that was rejected stays rejected when something else about it is corrected', async () => {
    const citizen = await registerCitizen(app)
    const positive = result(citizen, '12T08:00', { result: 'positive' })
    await push(positive)
    await decide((await openDrafts(citizen))[0].proposalId, 'reject')
    await push({ ...positive, action: 'correct', sampledAt: '2022-03-12T08:01:00+08:00' })
    expect([await colourOf(citizen), await openDrafts(citizen)]).toEqual(['green', []])
    // Negative, and then positive once more: that is a new word of the laboratory.
    await push({ ...positive, action: 'correct', result: 'negative' })
    await push({ ...positive, action: 'correct' })
    expect(await colourOf(citizen)).toBe('yellow')
    expect(await openDrafts(citizen)).toHaveLength(1)
  })

  it('whose case somebody withdraws counts for nothing from then on', async () => {
    const citizen = await registerCitizen(app)
    const positive = result(citizen, '11T08:00', { result: 'positive' })
    await push(positive)
    await decide((await openDrafts(citizen))[0].proposalId)
    expect(await colourOf(citizen)).toBe('red')
    const { rows } = await app.parts.pool.query<{ finding_id: string }>(
      `select finding_id from findings where person_id = $1::bigint`,
      [citizen.personId],
    )
    const proposed = await epidemiologist.call(
      'POST',
      `/api/v1/operator/findings/${rows[0]?.finding_id}/end-proposals`,
      { requestId: randomUUID(), kind: 'withdrawn', evidence: '复核报告 3 号' },
    )
    expect(proposed.status, JSON.stringify(proposed.body)).toBe(201)
    await decide((await openDrafts(citizen))[0].proposalId)
    expect(await colourOf(citizen)).toBe('green')
    await addFinding(citizen, 'overdue_test', '2022-03-10T04:00:00.000Z')
    expect(await colourOf(citizen)).toBe('yellow')
    await push(result(citizen, '12T09:00'))
    expect(await colourOf(citizen)).toBe('green')
  })
})

describe('a positive pool', () => {
  const pooled = async () => {
    const citizen = await registerCitizen(app)
    await push(result(citizen, '10T08:00', { kind: 'pooled', result: 'positive' }))
    expect(await colourOf(citizen)).toBe('yellow')
    await push(result(citizen, '10T20:00', { result: 'positive' }))
    return citizen
  }

  it('is over with its case: only confirmed is left', async () => {
    const citizen = await pooled()
    await decide((await openDrafts(citizen))[0].proposalId)
    expect(await colourOf(citizen)).toBe('red')
    expect(await categoriesOf(citizen)).toEqual(['confirmed'])
  })

  it('is ended by one single negative after its positive was rejected', async () => {
    const citizen = await pooled()
    await decide((await openDrafts(citizen))[0].proposalId, 'reject')
    expect(await categoriesOf(citizen)).toEqual(['pool_positive'])
    await push(result(citizen, '11T08:00'))
    expect(await colourOf(citizen)).toBe('green')
  })
})
