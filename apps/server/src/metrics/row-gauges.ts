import { Gauge, type Registry } from 'prom-client'
import type { createReading } from './reading.ts'

/** @returns makes gauges of what one reading of the database gives; what `toValue` leaves undefined is not told */
export const createRowGauges =
  <T>(registry: Registry, reading: ReturnType<typeof createReading<T>>) =>
  (name: string, help: string, toValue: (value: T | undefined, current: boolean) => number | undefined) =>
    new Gauge({
      name,
      help,
      // All processes read the same rows.
      aggregator: 'max',
      registers: [registry],
      async collect() {
        const { value, current } = await reading()
        const figure = toValue(value, current)
        if (figure !== undefined) this.set(figure)
      },
    })
