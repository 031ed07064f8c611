import { createPool, inTransaction } from '../../apps/server/src/db/pool.ts'
import { evaluateNext } from '../../apps/server/src/features/colours/status/status.service.ts'
import type { Stage } from '../stage.ts'

/** Persons a second through the whole evaluation, each with one finding and five tests. */
export interface EverybodyFigures {
  persons: number
  /** Evaluated lately, and nothing is new. */
  unchanged: number
  /** Each another colour: status, history, notices and messages to the phones. */
  changed: number
}

const PERSONS = 50_000
const BATCH = 1000
const MARK = 'bench-everybody'

const fill = async (stage: Stage): Promise<void> => {
  await stage.admin.query(
    `insert into findings (person_id, category, anchor_at, evidence, source, details)
     select i, 'provincial', now() - interval '1 hour', $2, $2,
       jsonb_build_object('colour', 'green', 'observedAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
     from generate_series(1, $1::int) as g(i) on conflict do nothing`,
    [PERSONS, MARK],
  )
  await stage.admin.query(
    `insert into test_results (person_id, sampled_at, result, kind, source)
     select i, now() - (5 + 24 * k) * interval '1 hour', 'negative', 'single', $2
     from generate_series(1, $1::int) as g(i) cross join generate_series(0, 4) as t(k)`,
    [PERSONS, MARK],
  )
}

const change = (stage: Stage) =>
  stage.admin.query(
    `insert into findings (person_id, category, anchor_at, evidence, source)
     select i, 'control_zone', now() - interval '1 minute', $2, $2 from generate_series(1, $1::int) as g(i)`,
    [PERSONS, MARK],
  )

const goThrough = async (stage: Stage): Promise<number> => {
  const pool = createPool(stage.database.appUrl, 1, 'bench-everybody')
  const startedAt = performance.now()
  let evaluated = 0
  for (let last = '0'; evaluated < PERSONS && last !== ''; ) {
    const next = await inTransaction(pool, (tx) => evaluateNext(tx, last, BATCH, 'bench', new Date()))
    evaluated += next.evaluated
    last = next.last
  }
  await pool.end()
  return evaluated / ((performance.now() - startedAt) / 1000)
}

/** How fast persons with something known about them are evaluated, in one lane; leaves them as they were. */
export const measureEverybody = async (stage: Stage): Promise<EverybodyFigures> => {
  await fill(stage)
  await stage.admin.query('vacuum (analyze) findings, test_results')
  // The first round writes what the tests made of each.
  await goThrough(stage)
  await stage.admin.query('vacuum status_current')
  const unchanged = await goThrough(stage)
  await change(stage)
  const changed = await goThrough(stage)
  await stage.admin.query('delete from findings where source = $1', [MARK])
  await stage.admin.query('delete from test_results where source = $1', [MARK])
  await goThrough(stage)
  return { persons: PERSONS, unchanged, changed }
}
