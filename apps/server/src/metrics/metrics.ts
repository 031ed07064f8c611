import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export interface Metrics {
  registry: Registry
  /** Persons evaluated by the jobs in one batch, and how long it took. */
  countEvaluated(persons: number, seconds: number): void
  /** Text messages about changed colours: handed to the provider, not taken by it (tried again), or given up. */
  countColourTexts(outcome: 'sent' | 'failed' | 'dropped', texts: number): void
}

export const createMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const evaluated = new Counter({
    name: 'jkb_evaluated_persons_total',
    help: 'Persons whose status the jobs evaluated',
    registers: [registry],
  })
  const evaluation = new Histogram({
    name: 'jkb_evaluation_seconds',
    help: 'Time per batch of persons evaluated',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  })
  const colourTexts = new Counter({
    name: 'jkb_colour_texts_total',
    help: 'Text messages about changed colours: sent, failed (tried again), dropped after an hour',
    labelNames: ['outcome'],
    registers: [registry],
  })
  return {
    registry,
    countEvaluated: (persons, seconds) => {
      evaluated.inc(persons)
      evaluation.observe(seconds)
    },
    countColourTexts: (outcome, texts) => colourTexts.inc({ outcome }, texts),
  }
}
