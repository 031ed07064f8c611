import { Gauge } from 'prom-client'
import { listRotations } from '../features/ledger/rotation/rotation.service.ts'
import type { Parts } from '../parts.ts'
import { createReading } from './reading.ts'

/** Whether the exchange of a key stands still, and what it could not write anew. */
export const useRotationMetrics = ({
  metrics,
  pool,
  clock,
}: Pick<Parts, 'metrics' | 'pool' | 'clock'>): void => {
  const reading = createReading(async () =>
    (await listRotations(pool)).filter(({ state }) => state !== 'ended'),
  )
  const gauge = (
    name: string,
    help: string,
    toValue: (list: Awaited<ReturnType<typeof listRotations>>) => number,
  ) =>
    new Gauge({
      name,
      help,
      // All processes read the same rows.
      aggregator: 'max',
      registers: [metrics.registry],
      async collect() {
        const { value } = await reading()
        if (value) this.set(toValue(value))
      },
    })
  gauge(
    'jkb_key_rotation_idle_seconds',
    'How long the exchange of a key has stood still; 0 where none is under way',
    (list) =>
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
    (list) => list.reduce((sum, { left }) => sum + left, 0),
  )
}
