import { createProbePool } from '../db/pool.ts'
import type { EpochGuard } from '../epoch/guard.ts'
import { CHECK_STATEMENT } from '../features/doors/check/check.service.ts'
import { PASS_STATEMENT } from '../features/doors/code/code.service.ts'
import { VISIT_STATEMENT } from '../features/doors/visit/visit.service.ts'
import type { Parts } from '../parts.ts'
import { createDatabaseCheck } from './database-check.ts'
import { createEpochCheck } from './epoch-check.ts'
import { createKeyCheck } from './key-check.ts'
import { createReadiness, type Readiness } from './readiness.ts'

/** The list of what has to be right before this server says that it is ready. */
export const createServerReadiness = ({
  config,
  clock,
  pool,
  keys,
  epochs,
}: Pick<Parts, 'config' | 'clock' | 'pool' | 'keys'> & {
  epochs: Pick<EpochGuard, 'suspended'>
}): Readiness & { close(): Promise<void> } => {
  const probePool = createProbePool(config.databaseUrl)
  const readiness = createReadiness([
    createDatabaseCheck({
      probePool,
      migrationsDirectory: config.migrationsDirectory,
      hotStatements: [VISIT_STATEMENT, PASS_STATEMENT, CHECK_STATEMENT],
      clock,
    }),
    createKeyCheck({ pool, keys, clock }),
    createEpochCheck(epochs),
  ])
  return { ...readiness, close: () => probePool.end() }
}
