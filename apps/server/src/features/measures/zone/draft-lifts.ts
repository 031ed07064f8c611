import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { weighMoves } from '../../approval/proposal/alarms.service.ts'
import { insertLiftDraft } from '../../approval/proposal/draft.queries.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { previewLift } from './lift-effect.ts'
import * as queries from './zone.queries.ts'
import type { LiftPayload } from './zone.service.ts'

const AT_ONCE = 50
/** As long as the draft of a laboratory waits. */
const DRAFT_LIFE_MS = 7 * 24 * 3600_000

/**
 * Drafts the lifting of zones whose area the list of risk areas no longer rates. Nobody's colour changes before a person
 * has approved: a list may be wrong, and an end may be ordered later than it was published (docs/adr/0021).
 */
export const draftLifts = ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> =>
  inTransaction(pool, async (tx) => {
    const now = clock()
    for (const zone of await queries.takeEndedAreas(tx, now, AT_ONCE)) {
      const effect = await previewLift(tx, zone.zone_id, zone.ended_at, now)
      const better = weighMoves(effect.moves).better + effect.unregistered
      const alarms = better >= config.approval.manyPersons ? [{ kind: 'many_better', persons: better }] : []
      const payload: LiftPayload = {
        evidence: `风险地区名单已不含：${zone.name}`,
        source: '风险地区名单',
        endedAt: zone.ended_at.toISOString(),
      }
      const proposalId = await insertLiftDraft(
        tx,
        {
          zoneId: zone.zone_id,
          divisionCode: zone.division_code,
          payload,
          persons: effect.persons + effect.unregistered,
          needsHq: alarms.length > 0,
          alarms,
        },
        now,
        new Date(now.getTime() + DRAFT_LIFE_MS),
      )
      await writeAudit(tx, {
        actor: { kind: 'system' },
        action: 'proposal.made',
        objectKind: 'proposal',
        objectId: proposalId,
        details: {
          kind: 'zone.lift',
          zoneId: zone.zone_id,
          persons: effect.persons,
          unregistered: effect.unregistered,
        },
      })
    }
  })
