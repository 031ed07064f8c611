import { numberToColour } from '@jiankangbao/domain/decision/coding'
import type { InjectOptions } from 'fastify'
import pg from 'pg'
import { inTransaction } from '../src/db/pool.ts'
import { evaluateDirty } from '../src/features/colours/status/status.service.ts'
import { createDivisions, makeResidentId, type SignedIn } from './factories.ts'
import type { TestApp } from './test-app.ts'

/** What tests of declarations ask again and again. */
export const createDeclarations = async (app: TestApp) => {
  await createDivisions(app)
  const { pool } = app.parts
  const rowsOf = async (text: string, values: unknown[]) => (await pool.query(text, values)).rows
  return {
    /** A request as this citizen; the body is parsed. */
    call: async (
      citizen: Pick<SignedIn, 'headers'>,
      method: NonNullable<InjectOptions['method']>,
      url: string,
      payload?: object,
      // biome-ignore lint/suspicious/noExplicitAny: answers are compared, not used
    ): Promise<{ status: number; body: any }> => {
      const answer = await app.http.inject({
        method,
        url,
        headers: citizen.headers,
        ...(payload ? { payload } : {}),
      })
      return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json() }
    },
    /** Rates a division, or the area of a name in it, from a week before the clock of the app on. */
    rateArea: async (
      divisionCode: string,
      level: string,
      options: { until?: Date; partly?: string } = {},
    ): Promise<void> => {
      const client = new pg.Client({ connectionString: app.database.migratorUrl })
      await client.connect()
      await client.query(
        `insert into risk_areas (division_code, name, level, extent, valid_from, valid_to, source)
         values ($1::text, coalesce($5::text, $1::text), $2::text, case when $5::text is null then 'whole' else 'part' end,
           $3::timestamptz, $4::timestamptz, 'test')`,
        [
          divisionCode,
          level,
          new Date(app.parts.clock().getTime() - 7 * 24 * 3600_000),
          options.until ?? null,
          options.partly ?? null,
        ],
      )
      await client.end()
    },
    evaluate: () => inTransaction(pool, (tx) => evaluateDirty(tx, 100, app.parts.clock())),
    colourOf: async (personId: string): Promise<string> => {
      const [row] = await rowsOf(`select colour from status_current where person_id = $1::bigint`, [personId])
      return numberToColour(row?.colour)
    },
    findingsOf: (personId: string) =>
      rowsOf(
        `select category, anchor_at, source from findings where person_id = $1::bigint order by finding_id`,
        [personId],
      ),
    mattersOf: (personId: string) =>
      rowsOf(
        `select category, cause, state, division_code from declaration_matters where person_id = $1::bigint order by matter_id`,
        [personId],
      ),
    personOf: async (memberId: string): Promise<string> => {
      const [row] = await rowsOf(`select person_id from members where member_id = $1::uuid`, [memberId])
      return row?.person_id
    },
    /** A resident ID number of somebody born in 2015. */
    childDocument: (): string => makeResidentId({ birthOn: '2015-05-05' }),
  }
}
