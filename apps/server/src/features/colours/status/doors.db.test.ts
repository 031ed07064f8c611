import { randomUUID } from 'node:crypto'
import { xuzhou } from '@jiankangbao/city/xuzhou/profile'
import { colourToNumber } from '@jiankangbao/domain/decision/coding'
import { evaluateStatus } from '@jiankangbao/domain/status/evaluate'
import { NINTH_EDITION } from '@jiankangbao/domain/status/rulesets/ninth-edition'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEntries } from '../../../../test/entries.ts'
import { type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { createPartner, type TestPartner } from '../../../../test/partners.ts'
import { useRulesets } from '../../../../test/rulesets.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { expireProposals } from '../../approval/proposal/expire-proposals.ts'
import { renewResultDrafts } from '../../inflow/laboratory/laboratory.service.ts'
import { refreshRiskAreas } from '../../inflow/risk-area/feed.service.ts'
import { rematchStays } from '../../journeys/entry/arrivals.ts'
import { getRulesetInForce } from '../rules/ruleset.service.ts'
import { toStatusReason } from './reasons.ts'
import { loadFindings, loadTests } from './status.queries.ts'
import { evaluateDirty, markDue } from './status.service.ts'

// Whatever comes in, by the doors by which it really comes: what is kept about a person is what an evaluation of this moment
// says. Nothing here marks anybody; a door that forgets to is found.

const START = new Date('2022-03-10T04:00:00.000Z')
const HOUR = 3600_000
const STAYED_IN = '220102'

let app: TestApp
let laboratory: TestPartner
let province: TestPartner
let entries: Awaited<ReturnType<typeof createEntries>>
beforeAll(async () => {
  app = await startTestApp({ now: START })
  entries = await createEntries(app)
  laboratory = await createPartner(app, 'laboratory')
  province = await createPartner(app, 'province')
})
afterAll(() => app.close())

const rulesets = useRulesets(() => app)
const hoursAgo = (hours: number) => new Date(app.parts.clock().getTime() - hours * HOUR).toISOString()
/** Sessions end with the clock of these steps: everybody is a new one. */
const headquarters = () => createOperator(app, { roles: ['hq'] })

interface Person {
  citizen: RegisteredCitizen
  results: { number: string; sampledAt: string }[]
}

const persons = ({ citizen }: Person) => [
  { documentType: 'resident_id', documentNumber: citizen.documentNumber },
]

const push = async (row: object) => {
  const answer = await laboratory.push('/api/v1/partner/test-results', {
    batchId: randomUUID(),
    results: [row],
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}

const propose = async (url: string, body: object) => {
  const epidemiologist = await createOperator(app, { roles: ['epidemiologist'] })
  const answer = await epidemiologist.call('POST', url, { requestId: randomUUID(), ...body })
  // Refused is as good: some ends are not for people to propose.
  expect([201, 400], JSON.stringify(answer.body)).toContain(answer.status)
}

type Step = { hours: number; yes: boolean; pick: number }

const CATEGORIES = [
  ...['close_contact', 'secondary_contact', 'co_presence', 'symptom', 'overdue_test', 'confirmed'],
  ...['control_zone', 'high_risk_post', 'departure_pass', 'risk_area_resident', 'home_monitoring'],
]

let publications = 0

const doors: { [door: string]: (person: Person, step: Step) => Promise<void> } = {
  report: async (person, { hours, yes, pick }) => {
    const made = { number: randomUUID(), sampledAt: hoursAgo(hours) }
    const kind = pick % 3 === 0 ? 'pooled' : 'single'
    const result = yes ? 'negative' : 'positive'
    await push({ action: 'report', ...made, kind, result, persons: persons(person) })
    person.results.push(made)
  },
  correct: async (person, { hours, yes, pick }) => {
    const last = person.results.at(-1)
    if (!last) return
    const sampledAt = pick % 2 === 0 ? last.sampledAt : hoursAgo(hours)
    const result = yes ? 'negative' : 'positive'
    await push({ action: 'correct', ...last, sampledAt, kind: 'single', result, persons: persons(person) })
  },
  withdraw: async (person) => {
    const last = person.results.pop()
    if (last) await push({ action: 'withdraw', number: last.number })
  },
  propose: async ({ citizen }, { hours, pick }) => {
    const category = CATEGORIES[pick % CATEGORIES.length]
    const facts = { category, anchorAt: hoursAgo(hours), evidence: '流调报告', source: '疾控中心' }
    await propose('/api/v1/operator/finding-proposals', { personId: citizen.personId, ...facts })
  },
  decide: async ({ citizen }, { yes }) => {
    const hq = await headquarters()
    const url = `/api/v1/operator/proposals?state=open&personId=${citizen.personId}`
    for (const { proposalId } of (await hq.call('GET', url)).body.proposals)
      await hq.call('POST', `/api/v1/operator/proposals/${proposalId}/decision`, {
        verdict: yes ? 'approve' : 'reject',
        reason: '核对无误',
      })
  },
  end: async ({ citizen }, { yes, pick }) => {
    const found = (await loadFindings(app.parts.pool, [citizen.personId])).get(citizen.personId) ?? []
    const finding = found[pick % Math.max(found.length, 1)]
    if (!finding) return
    const url = `/api/v1/operator/findings/${finding.findingId}/end-proposals`
    const ended = { kind: 'ended', endedAt: new Date(Math.max(finding.anchorAt, Date.parse(hoursAgo(1)))) }
    const rule = xuzhou.ruleset.categories[finding.category]
    const hasFact = rule?.kind === 'phases' && rule.phases.some((phase) => 'awaits' in phase.end)
    await propose(url, { ...(yes && hasFact ? ended : { kind: 'withdrawn' }), evidence: '解除通知' })
  },
  province: async ({ citizen }, { hours, pick }) => {
    const codes = [
      {
        cardType: '1',
        cardNo: citizen.documentNumber,
        codeColor: ['00', '01', '10'][pick % 3],
        updateTime: Date.parse(hoursAgo(hours / 10)),
      },
    ]
    await province.push('/api/v1/partner/provincial-codes', { batchId: randomUUID(), codes })
  },
  areas: async (_person, { yes }) => {
    const now = app.parts.clock()
    const area = {
      sourceId: 'a',
      divisionCode: '220100',
      name: '长春市',
      level: 'high' as const,
      extent: 'whole' as const,
    }
    const areas = yes ? [{ ...area, validFrom: new Date(now.getTime() - 24 * HOUR), validTo: undefined }] : []
    app.outside.riskAreas = { changed: true, etag: randomUUID(), asOf: now, areas }
    await refreshRiskAreas(app.parts)
    await rematchStays(app.parts)
  },
  ruleset: async (_person, { yes }) => {
    publications += 1
    const document = yes ? NINTH_EDITION : xuzhou.ruleset
    const id = `published-${publications}`
    const draftId = await rulesets.dryRun(await headquarters(), { ...document, id })
    const effectiveFrom = new Date(app.parts.clock().getTime() + 2 * HOUR)
    const proposed = await rulesets.propose(await headquarters(), draftId, effectiveFrom)
    const { proposalId } = proposed.body.proposal ?? proposed.body
    await rulesets.decide(await headquarters(), proposalId)
  },
  clock: async (_person, { hours }) => {
    app.setNow(new Date(app.parts.clock().getTime() + hours * HOUR))
    await expireProposals(app.parts)
    await renewResultDrafts(app.parts)
  },
}

const settle = async () => {
  const { pool, clock } = app.parts
  await rulesets.apply()
  do await markDue(pool, clock(), 1000)
  while ((await inTransaction(pool, (tx) => evaluateDirty(tx, 1000, clock()))) > 0)
}

const readKept = async (personId: string) =>
  (
    await app.parts.pool.query(
      `select colour, reasons, next_change_at from status_current where person_id = $1::bigint`,
      [personId],
    )
  ).rows[0]

const evaluateAfresh = async (personId: string) => {
  const { pool, clock } = app.parts
  const ruleset = await getRulesetInForce(pool, clock())
  const { colour, reasons, nextChangeAt } = evaluateStatus({
    findings: (await loadFindings(pool, [personId])).get(personId) ?? [],
    tests: (await loadTests(pool, [personId])).get(personId) ?? [],
    ruleset,
    now: clock().getTime(),
  })
  return {
    colour: colourToNumber(colour),
    reasons: reasons.map((reason) => toStatusReason(reason, ruleset)),
    next_change_at: nextChangeAt === null ? null : new Date(nextChangeAt),
  }
}

const step = fc.record({
  // Decisions and the clock make of everything else what it is: meet them often.
  door: fc.oneof(
    fc.constantFrom(...Object.keys(doors)),
    fc.constantFrom('report', 'correct', 'decide', 'clock'),
  ),
  hours: fc.integer({ min: 1, max: 200 }),
  yes: fc.boolean(),
  pick: fc.nat(100),
})

const histories = {
  red: [
    { door: 'report', hours: 30, yes: true, pick: 1 },
    { door: 'propose', hours: 24, yes: true, pick: CATEGORIES.indexOf('close_contact') },
    { door: 'decide', hours: 1, yes: true, pick: 0 },
    { door: 'correct', hours: 20, yes: false, pick: 1 },
    { door: 'withdraw', hours: 1, yes: true, pick: 0 },
  ],
  yellow: [
    { door: 'propose', hours: 2, yes: true, pick: CATEGORIES.indexOf('co_presence') },
    { door: 'decide', hours: 1, yes: true, pick: 0 },
    { door: 'end', hours: 1, yes: false, pick: 0 },
    { door: 'clock', hours: 30, yes: true, pick: 0 },
  ],
  green: [
    { door: 'province', hours: 1, yes: true, pick: 0 },
    { door: 'areas', hours: 1, yes: false, pick: 0 },
    { door: 'ruleset', hours: 1, yes: true, pick: 0 },
    { door: 'clock', hours: 1, yes: true, pick: 0 },
  ],
}

it('what is kept never differs from a fresh evaluation, by whatever doors things come', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      const citizen = await registerCitizen(app)
      const stayed = new Date(app.parts.clock().getTime()).toISOString().slice(0, 10)
      await entries.submitted(citizen, {
        plannedArrivalAt: new Date(app.parts.clock().getTime() + HOUR).toISOString(),
        stays: [{ divisionCode: STAYED_IN, fromOn: stayed, toOn: stayed }],
      })
      const person: Person = { citizen, results: [] }
      for (const { door, ...more } of steps) {
        await doors[door]?.(person, more)
        await settle()
        const kept = await readKept(citizen.personId)
        expect(kept, door).toEqual(await evaluateAfresh(citizen.personId))
        seen.add(`${door} ${kept.colour}`)
      }
    }),
    // Three histories that are sure to pass by every door and every colour, then twelve that nobody thought of.
    { numRuns: 15, examples: Object.values(histories).map((steps) => [steps]) },
  )
  const met = (part: number) => new Set([...seen].map((one) => one.split(' ')[part]))
  expect(met(0)).toEqual(new Set(Object.keys(doors)))
  for (const colour of ['green', 'yellow', 'red'] as const)
    expect(met(1)).toContain(String(colourToNumber(colour)))
}, 240_000)
