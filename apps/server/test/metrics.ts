import type { TestApp } from './test-app.ts'

/** The figures of this app, as its address for Prometheus gives them. */
export const readMetrics = (app: TestApp): Promise<string> => app.parts.metrics.registry.metrics()
