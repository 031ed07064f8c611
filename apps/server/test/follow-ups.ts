import { randomUUID } from 'node:crypto'
import type { FollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import pg from 'pg'
import { expect } from 'vitest'
import { syncRound } from '../src/features/measures/monitoring/sync.service.ts'
import { createDeclarations } from './declarations.ts'
import { registerCitizen } from './factories.ts'
import type { TestOperator } from './operators.ts'
import { useProposals } from './proposals.ts'
import type { TestApp } from './test-app.ts'

export const FOLLOW_UPS = '/api/v1/operator/follow-ups'
/** A community and one beside it, of the first city (see `createDivisions`). */
export const OWN = '320302001001'
export const BESIDE = '320302001002'

const createCommunities = async (app: TestApp): Promise<void> => {
  const client = new pg.Client({ connectionString: app.database.migratorUrl })
  await client.connect()
  await client.query(
    `insert into divisions (code, parent_code, name, name_en, level) values
       ('320302001', '320302', '示例街道', 'Sample Street', 'street'),
       ($1::text, '320302001', '第一社区', 'First Community', 'community'),
       ($2::text, '320302001', '第二社区', 'Second Community', 'community')
     on conflict do nothing`,
    [OWN, BESIDE],
  )
  await client.end()
}

/** People who become contacts, and the rounds that have them looked after. */
export const createFollowUps = async (app: TestApp, hq: TestOperator, hq2: TestOperator) => {
  const declare = await createDeclarations(app)
  await createCommunities(app)
  const proposals = useProposals(() => app)
  const sync = async () => {
    while (await syncRound(app.parts)) {}
  }
  type Citizen = Awaited<ReturnType<typeof registerCitizen>>

  const declareHealth = async (citizen: Pick<Citizen, 'headers'>, more: object = {}) => {
    const { status, body } = await declare.call(citizen, 'POST', '/api/v1/me/health-declarations', {
      requestId: randomUUID(),
      symptoms: [],
      hadContact: false,
      commitment: true,
      ...more,
    })
    expect([status, body.fields]).toEqual([201, undefined])
  }

  const listed = async (by: TestOperator, query = 'view=all'): Promise<FollowUp[]> =>
    (await by.call('GET', `${FOLLOW_UPS}?limit=100&${query}`)).body.followUps

  /** The follow-up of a person as the database knows it. */
  const idOf = async (personId: string): Promise<string> =>
    (
      await app.parts.pool.query<{ follow_up_id: string }>(
        'select follow_up_id from follow_ups where person_id = $1::bigint order by follow_up_id desc limit 1',
        [personId],
      )
    ).rows[0]?.follow_up_id ?? ''

  return {
    declare,
    proposals,
    declareHealth,
    sync,
    listed,
    idOf,
    /** One follow-up as this operator finds it in the list; undefined where it is out of sight. */
    found: async (by: TestOperator, followUpId: string, query?: string): Promise<FollowUp | undefined> =>
      (await listed(by, query)).find((each) => each.followUpId === followUpId),
    /** A citizen with a finding; looked after by the division they declared last, or by none. */
    contact: async (options: { category?: string; divisionCode?: string | null; anchorAt?: string } = {}) => {
      const { category = 'close_contact', divisionCode = OWN, ...more } = options
      const citizen = await registerCitizen(app)
      if (divisionCode) await declareHealth(citizen, { divisionCode })
      const { proposalId } = await proposals.add(hq, citizen.personId, { category, ...more })
      expect((await proposals.decide(hq2, proposalId)).status).toBe(200)
      await proposals.evaluate()
      await sync()
      return { citizen, personId: citizen.personId, followUpId: await idOf(citizen.personId) }
    },
    mark: (by: TestOperator, followUpIds: string[], more: object) =>
      by.call('POST', '/api/v1/operator/follow-up-looks', { requestId: randomUUID(), followUpIds, ...more }),
    act: (by: TestOperator, followUpId: string, what: string, body: object) =>
      by.call('POST', `${FOLLOW_UPS}/${followUpId}/${what}`, body),
  }
}
