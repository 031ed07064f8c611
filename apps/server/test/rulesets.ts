import { randomUUID } from 'node:crypto'
import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import { NINTH_EDITION } from '@jiankangbao/domain/status/rulesets/ninth-edition'
import { expect } from 'vitest'
import { inTransaction } from '../src/db/pool.ts'
import { applyRuleset } from '../src/features/colours/status/apply-ruleset.ts'
import { evaluateNext } from '../src/features/colours/status/status.service.ts'
import { takeRun } from '../src/features/measures/ruleset-desk/dry-run.queries.ts'
import { workOnDryRun } from '../src/features/measures/ruleset-desk/dry-run.ts'
import type { TestOperator } from './operators.ts'
import type { TestApp } from './test-app.ts'

export const DRAFTS = '/api/v1/operator/ruleset-drafts'
export const RULESETS = '/api/v1/operator/rulesets'

let made = 0
/** The 9th edition under an id of its own. */
export const ninthEdition = (more: Partial<Ruleset> = {}): Ruleset => {
  made += 1
  return { ...NINTH_EDITION, id: `ninth-edition-${made}`, ...more }
}

/** Rulesets on their way into force, with the jobs run by hand. */
export const useRulesets = (app: () => TestApp) => {
  const draft = async (by: TestOperator, document: unknown = ninthEdition()): Promise<string> => {
    const { status, body } = await by.call('POST', DRAFTS, { requestId: randomUUID(), document })
    expect([status, body.fields]).toEqual([201, undefined])
    return body.draftId
  }

  /** Does what the job would do next; as if it were killed after so many batches. */
  const run = async (batches = Number.POSITIVE_INFINITY, batch = 100): Promise<void> => {
    const taken = await takeRun(app().parts.pool)
    if (!taken) throw new Error('no dry run waits')
    let left = batches
    const killed = new Error('killed')
    const work = workOnDryRun(
      app().parts,
      taken,
      async () => {
        left -= 1
        if (left <= 0) throw killed
        return true
      },
      batch,
    )
    await work.catch((error: unknown) => {
      if (error !== killed) throw error
    })
  }

  const dryRun = async (by: TestOperator, document?: unknown): Promise<string> => {
    const draftId = await draft(by, document)
    await by.call('POST', `${DRAFTS}/${draftId}/dry-run`)
    await run()
    return draftId
  }

  const propose = (
    by: TestOperator,
    draftId: string,
    effectiveFrom: Date,
    requestId: string = randomUUID(),
  ) =>
    by.call('POST', `${DRAFTS}/${draftId}/proposal`, {
      requestId,
      effectiveFrom: effectiveFrom.toISOString(),
      evidence: '苏肺炎防控〔2022〕9号',
    })

  return {
    draft,
    run,
    dryRun,
    propose,
    read: async (by: TestOperator, draftId: string) => (await by.call('GET', `${DRAFTS}/${draftId}`)).body,
    decide: (by: TestOperator, proposalId: string, verdict = 'approve') =>
      by.call('POST', `/api/v1/operator/proposals/${proposalId}/decision`, { verdict, reason: '文件已核对' }),
    /** Takes the ruleset in force to everybody, where it is not there yet. @returns persons reached */
    apply: async (batch = 100): Promise<number> => {
      let all = 0
      for (;;) {
        const persons = await applyRuleset(app().parts, batch, 'evaluate')
        if (!persons) return all
        all += persons
      }
    },
    /** So many people with findings and tests of the last weeks of every kind, evaluated by the rules of now. */
    seedPeople: async (count: number): Promise<void> => {
      const { pool, clock } = app().parts
      await pool.query(
        `with made as (
           insert into persons (document_type, name_encrypted, name_masked, document_number_encrypted, birth_on_encrypted)
           select 'resident_id', '\\x01', '张*', '\\x01', '\\x01' from generate_series(1, $1::int) returning person_id
         ), numbered as (select person_id, row_number() over (order by person_id) as i from made
         ), found as (
           insert into findings (person_id, category, anchor_at, ended_at, evidence, source)
           select person_id, (array['close_contact', 'secondary_contact', 'inbound_abroad', 'risk_area_travel', 'confirmed',
               'high_risk_post', 'co_presence', 'symptom'])[1 + i % 8], $2::timestamptz - (i % 23) * interval '1 day',
             case when i % 8 in (4, 5) and i % 3 > 0 then $2::timestamptz - (i % 23) * interval '12 hours' end, 'case', 'test'
           from numbered where i % 10 > 1
         )
         insert into test_results (person_id, sampled_at, result, kind, source)
         select person_id, $2::timestamptz - (i % 70) * interval '1 hour', 'negative', 'single', 'test' from numbered where i % 3 > 0`,
        [count, clock()],
      )
      let last = '0'
      while (last !== '')
        last = (await inTransaction(pool, (tx) => evaluateNext(tx, last, 500, 'test', clock()))).last
    },
    /** Everybody's colour now: by person. */
    colours: async (): Promise<Map<string, number>> => {
      const { rows } = await app().parts.pool.query<{ person_id: string; colour: number }>(
        `select person_id, colour from status_current order by person_id`,
      )
      return new Map(rows.map((row) => [row.person_id, row.colour]))
    },
  }
}
