import { reportAs, startLoop } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'
import { claimChecks, forgetChecks, noteCheck } from './check.queries.ts'
import { readCurrent } from './offered.ts'

const TICK_MS = 15_000
const EVERY_SECONDS = 60

/** Asks every service that has a check, each once a minute over all processes. An address that left the list of origins is not asked. */
export const checkServices = async ({
  pool,
  clock,
  config,
  ports,
}: Pick<Parts, 'pool' | 'clock' | 'config' | 'ports'>): Promise<void> => {
  const { services } = await readCurrent(pool, config)
  const checks = services.flatMap(({ key, check }) => (check ? [{ key, url: check.url }] : []))
  const due = await claimChecks(pool, checks, clock(), EVERY_SECONDS)
  await Promise.all(
    due.map(async (check) => noteCheck(pool, check, await ports.serviceCheck.works(check.url), clock())),
  )
  await forgetChecks(
    pool,
    checks.map(({ key }) => key),
  )
}

export const startServiceCheckLoop = (parts: Parts) =>
  startLoop({
    restMs: TICK_MS,
    round: () => checkServices(parts),
    ...reportAs(parts, 'service_checks', (error) =>
      parts.log.error({ err: error }, 'checks of services failed'),
    ),
  })
