import { listRotations } from '../features/ledger/rotation/rotation.service.ts'
import type { Parts } from '../parts.ts'
import { createReading } from './reading.ts'
import { createRowGauges } from './row-gauges.ts'

/** Whether the exchange of a key stands still, and what it could not write anew. */
export const useRotationMetrics = ({
  metrics,
  pool,
  clock,
}: Pick<Parts, 'metrics' | 'pool' | 'clock'>): void => {
  const gauge = createRowGauges(
    metrics.registry,
    createReading(async () => (await listRotations(pool)).filter(({ state }) => state !== 'ended')),
  )
  gauge(
    'jkb_key_rotation_idle_seconds',
    'How long the exchange of a key has stood still; 0 where none is under way',
    (list) =>
      list &&
      Math.max(
        0,
        ...list
          .filter(({ kind, state }) => kind === 'data' || state === 'published')
          .map(({ advancedAt }) => (clock().getTime() - advancedAt.getTime()) / 1000),
      ),
  )
  gauge(
    'jkb_key_rotation_left_values',
    'Values that the exchange of a key left, because they are not those of their rows',
    (list) => list?.reduce((sum, { left }) => sum + left, 0),
  )
}
