import { randomUUID } from 'node:crypto'
import { xuzhou } from '@jiankangbao/city/xuzhou/profile'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerCitizen } from '../../../../test/factories.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { DRAFTS, ninthEdition, RULESETS, useRulesets } from '../../../../test/rulesets.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { evaluateNow } from '../../colours/status/status.service.ts'

const CHECKS = '/api/v1/operator/ruleset-checks'

describe('drafts of rulesets', () => {
  let app: TestApp
  let office: TestOperator
  let hq: TestOperator
  let auditor: TestOperator
  let checker: TestOperator
  beforeAll(async () => {
    app = await startTestApp()
    office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
    hq = await createOperator(app, { roles: ['hq'] })
    auditor = await createOperator(app, { roles: ['auditor'] })
    checker = await createOperator(app, { roles: ['checker'] })
  })
  afterAll(() => app.close())
  const { draft, read } = useRulesets(() => app)
  const check = async (document: unknown) => (await office.call('POST', CHECKS, { document })).body
  const create = (by: TestOperator, document: unknown, requestId: string = randomUUID()) =>
    by.call('POST', DRAFTS, { requestId, document })

  it('tells every place where a document is wrong', async () => {
    const { symptom, ...others } = xuzhou.ruleset.categories
    if (symptom?.kind !== 'phases') throw new Error('no phases')
    const document = ninthEdition({
      version: 0,
      standingPositiveCategory: 'no_such_category',
      categories: {
        ...others,
        symptom: { ...symptom, phases: [{ ...symptom.phases[0], colour: 'blue' } as never] },
      },
    })
    const checked = await check({ ...document, extra: true })
    expect(checked.errors.map((error: { path: string }) => error.path).sort()).toEqual([
      '/categories/symptom/phases/0/colour',
      '/extra',
      '/version',
    ])
    expect(checked).toMatchObject({ errorCount: 3, warnings: [] })
    const refused = await create(office, { ...document, extra: true })
    expect(refused.body).toMatchObject({ code: 'VALIDATION_FAILED' })
    expect(refused.body.fields).toContainEqual({ field: 'document/extra', reason: 'is not known' })
    // What no schema can say.
    expect((await check(ninthEdition({ standingPositiveCategory: 'no_such_category' }))).errors).toEqual([
      {
        path: '/standingPositiveCategory',
        fault: 'needs_phases',
        values: [],
        reason: 'must name a category with phases',
      },
    ])
    expect((await check(xuzhou.ruleset)).errors).toMatchObject([{ path: '/id', fault: 'published' }])
  })

  it.each([
    ['nothing', null, ''],
    ['a list', [], ''],
    ['a text', '{}', ''],
    ['a null character', ninthEdition({ title: { zh: 'a\u0000', en: 'b' } }), ''],
    ['half a character', ninthEdition({ title: { zh: '\ud83d', en: 'b' } }), ''],
  ])('refuses %s as a document', async (_name, document, path) => {
    expect((await check(document)).errors[0]).toMatchObject({ path })
    expect((await create(office, document)).status).toBe(400)
  })

  it('keeps a backslash before a u, and refuses what is too large or not an object with a document', async () => {
    const { body, status } = await create(
      office,
      ninthEdition({ title: { zh: String.raw`\u0000`, en: String.raw`\ud800` } }),
    )
    expect([status, body.title.zh]).toEqual([201, String.raw`\u0000`])
    expect((await create(office, { a: 'x'.repeat(600_000) })).status).toBe(413)
    expect((await office.call('POST', DRAFTS, { document: ninthEdition() })).status).toBe(400)
    const unknown = { requestId: randomUUID(), document: ninthEdition(), state: 'published' }
    expect((await office.call('POST', DRAFTS, unknown)).status).toBe(400)
  })

  it('warns of what nobody may have meant', async () => {
    const { personId } = await registerCitizen(app)
    await app.parts.pool.query(
      `insert into findings (person_id, category, anchor_at, ended_at, evidence, source)
       values ($1, 'co_presence', now(), null, 'case', 'test'), ($1, 'high_risk_post', now(), now(), 'case', 'test'),
         ($1, 'departure_pass', now(), null, 'case', 'test'), ($1, 'never_known', now(), null, 'case', 'test')`,
      [personId],
    )
    await inTransaction(app.parts.pool, (tx) => evaluateNow(tx, [personId], 'test'))
    expect((await check({ ...xuzhou.ruleset, id: 'same' })).warnings).toEqual([])
    const { co_presence, high_risk_post, pool_positive, departure_pass, ...others } =
      xuzhou.ruleset.categories
    const document = ninthEdition({ categories: { ...others, departure_pass: others.symptom as never } })
    const { errors, warnings } = await check({ ...document, declarations: undefined })
    expect(errors).toEqual([])
    expect(warnings).toEqual([
      { kind: 'category_in_use_retired', category: 'co_presence', persons: 1, rulesetId: xuzhou.ruleset.id },
      { kind: 'category_in_use_changed_kind', category: 'departure_pass', persons: 1 },
      { kind: 'system_category_missing', category: 'pool_positive' },
      { kind: 'policies_differ' },
    ])
    const draftId = await draft(office, { ...document, declarations: undefined })
    expect((await read(hq, draftId)).warnings).toEqual(warnings)
  })

  it('makes one draft of one request, and no other of it', async () => {
    const requestId = randomUUID()
    const document = ninthEdition()
    const answers = await Promise.all([1, 2, 3].map(() => create(office, document, requestId)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(answers.map(({ body }) => body.draftId)).size).toBe(1)
    const turned = Object.fromEntries(Object.entries(document).reverse())
    expect((await create(office, turned, requestId)).body.draftId).toBe(answers[0]?.body.draftId)
    expect((await create(office, ninthEdition(), requestId)).body.code).toBe('REQUEST_ID_REUSED')
    expect(answers[0]?.body).toMatchObject({ state: 'draft', mine: true, document: { id: document.id } })
  })

  it('is given up by its author or headquarters, and then stays so', async () => {
    const draftId = await draft(office)
    const other = await createOperator(app, { roles: ['office'] })
    expect((await other.call('POST', `${DRAFTS}/${draftId}/cancellation`)).body.code).toBe('FORBIDDEN')
    expect((await hq.call('POST', `${DRAFTS}/${draftId}/cancellation`)).body).toMatchObject({
      state: 'cancelled',
    })
    expect((await office.call('POST', `${DRAFTS}/${draftId}/dry-run`)).body).toMatchObject({
      code: 'STATE_CONFLICT',
      fields: [{ field: 'state', reason: 'cancelled' }],
    })
    expect((await office.call('POST', `${DRAFTS}/999999/dry-run`)).status).toBe(404)
  })

  it('is for headquarters and offices; auditors look on', async () => {
    const draftId = await draft(hq)
    for (const path of [RULESETS, `${RULESETS}/xz-2022-03`, DRAFTS, `${DRAFTS}/${draftId}`]) {
      expect((await auditor.call('GET', path)).status).toBe(200)
      expect((await checker.call('GET', path)).status).toBe(403)
      expect((await app.http.inject({ url: path })).statusCode).toBe(401)
    }
    for (const path of [DRAFTS, `${DRAFTS}/${draftId}/dry-run`, `${DRAFTS}/${draftId}/proposal`, CHECKS])
      expect((await auditor.call('POST', path, {})).status).toBe(403)
    const { body } = await auditor.call('GET', `${RULESETS}/xz-2022-03`)
    expect(body.ruleset).toMatchObject({ state: 'in_force', version: xuzhou.ruleset.version })
    expect(body.ruleset.application).toBeUndefined()
    expect(body.document).toEqual(JSON.parse(JSON.stringify(xuzhou.ruleset)))
    expect((await auditor.call('GET', `${RULESETS}/nothing`)).status).toBe(404)
    expect((await auditor.call('GET', DRAFTS)).body.drafts[0]).toMatchObject({ draftId, mine: false })
  })

  it('does not let the server change what was published', async () => {
    for (const statement of [`update rulesets set document = '{}'`, `delete from rulesets`])
      await expect(app.parts.pool.query(statement)).rejects.toMatchObject({ code: '42501' })
  })

  it('keeps the number of open drafts within bounds', async () => {
    const busy = await createOperator(app, { roles: ['office'] })
    for (let made = 0; made < 20; made += 1) await draft(busy)
    expect((await create(busy, ninthEdition())).status).toBe(429)
  })
})
