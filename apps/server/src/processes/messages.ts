import type { MetricObjectWithValues, MetricValue } from 'prom-client'

/** The metrics of one process, as `registry.getMetricsAsJSON()` gives them. */
export type MetricsSnapshot = MetricObjectWithValues<MetricValue<string>>[]

/** What processes of one server tell each other; the primary is in the middle. */
export type ProcessMessage =
  /** Answers requests, or runs jobs, from now on. */
  | { jkb: 'ready' }
  /** The primary asks a process for its own metrics. */
  | { jkb: 'snapshot-wanted'; id: number }
  | { jkb: 'snapshot'; id: number; metrics: MetricsSnapshot }
  /** Requests counted for an address; passed on to all the others. */
  | { jkb: 'address-count'; key: string; window: number; count: number }

/** Other software in the process (cluster itself, debuggers) uses the same channel. */
export const isProcessMessage = (message: unknown): message is ProcessMessage =>
  typeof message === 'object' && message !== null && 'jkb' in message
