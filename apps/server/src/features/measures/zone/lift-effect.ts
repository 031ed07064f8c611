import type { ColourMove } from '@jiankangbao/contracts/proposal/schemas'
import type { Colour } from '@jiankangbao/domain/status/colour'
import type { Queryable } from '../../../db/pool.ts'
import { previewChanges } from '../../colours/status/status.service.ts'
import { countWaitingIn, listPersonsIn } from './zone.queries.ts'

const AT_ONCE = 1000

/** What lifting would do. */
interface LiftEffect {
  persons: number
  /** People who have not registered, for whom findings wait. */
  unregistered: number
  moves: ColourMove[]
}

/** How many people lifting the zone would take from which colour to which, by the rules and findings as they are now. */
export const previewLift = async (
  db: Queryable,
  zoneId: string,
  endedAt: Date,
  now: Date,
): Promise<LiftEffect> => {
  const counts = new Map<string, ColourMove>()
  const count = (from: Colour, to: Colour): void => {
    const key = `${from}:${to}`
    counts.set(key, { from, to, persons: (counts.get(key)?.persons ?? 0) + 1 })
  }
  let persons = 0
  for (let after = '0'; ; ) {
    const people = await listPersonsIn(db, zoneId, after, AT_ONCE)
    const last = people.at(-1)
    if (!last) break
    const lifted = new Set(people.flatMap(({ findingIds }) => findingIds))
    const moves = await previewChanges(
      db,
      people.map(({ personId }) => personId),
      (findings) =>
        findings.map((finding) =>
          lifted.has(finding.findingId)
            ? { ...finding, endedAt: Math.max(endedAt.getTime(), finding.anchorAt) }
            : finding,
        ),
      now,
    )
    for (const { from, to } of moves) count(from, to)
    persons += people.length
    after = last.personId
  }
  const unregistered = await countWaitingIn(db, zoneId)
  return {
    persons,
    unregistered,
    moves: [...counts.values()].sort((one, other) => other.persons - one.persons),
  }
}
