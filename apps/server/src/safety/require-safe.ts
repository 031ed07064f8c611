import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config.ts'
import { createPool, type Pool } from '../db/pool.ts'
import { type CityRow, findCity } from '../features/office/city/city.queries.ts'
import { findDatabaseFaults } from './database-faults.ts'
import { describeFaults, fault, type SafetyFault } from './fault.ts'
import { findSettingsFaults } from './settings-faults.ts'

const AGAIN_MS = 1_000

class Unsafe extends Error {}

const isSchemaOlder = (error: unknown): boolean => (error as { code?: string }).code === '42P01'

const notMigrated = (): SafetyFault[] => [
  fault('database', '结构不是最新：执行 jkb db migrate。', 'is not up to date: run jkb db migrate.'),
]

const withCity = (config: Config, city: CityRow | undefined): Config =>
  city?.kind === 'real'
    ? {
        ...config,
        city: {
          nameZh: city.name_zh,
          nameEn: city.name_en,
          divisionCode: city.division_code,
          hotline: city.hotline,
        },
      }
    : config

const refuse = (faults: SafetyFault[]): void => {
  if (faults.length > 0) throw new Unsafe(describeFaults(faults))
}

const askDatabase = async (pool: Pool, config: Config, settings: SafetyFault[]): Promise<Config> => {
  try {
    const city = await findCity(pool)
    refuse([...settings, ...(await findDatabaseFaults(pool, config))])
    return withCity(config, city)
  } catch (error) {
    if (isSchemaOlder(error)) refuse([...settings, ...notMigrated()])
    throw error
  }
}

const requireSafe = async (pool: Pool, config: Config, log: FastifyBaseLogger): Promise<Config> => {
  const settings = findSettingsFaults(config)
  for (;;) {
    try {
      return await askDatabase(pool, config, settings)
    } catch (error) {
      if (error instanceof Unsafe) throw error
      // What is wrong with the settings is said at once; what is in the database decides before anything is served.
      refuse(settings)
      log.warn(
        { err: error },
        'the database can not be asked yet whether it is safe to serve; waiting for it',
      )
      await sleep(AGAIN_MS)
    }
  }
}

const requireDemonstration = async (pool: Pool, config: Config): Promise<void> => {
  // An older schema or a database that is away: nothing is known, and readiness says so.
  const city = await findCity(pool).catch(() => undefined)
  if (city?.kind === 'real')
    throw new Unsafe(
      `此数据库是真实城市 ${city.name_zh}：请设置 DEMO=false。 This database is the real city ${city.name_en}: set DEMO=false.`,
    )
  if (city && city.division_code !== config.city.divisionCode)
    throw new Unsafe(
      `此数据库是演示城市 ${city.name_zh}，而 CITY 设为 ${config.city.nameZh}：请改回 CITY，或用 npm start -- --reset 重来。 This database is a demonstration of ${city.name_en}, and CITY says ${config.city.nameEn}: set CITY back, or begin anew with npm start -- --reset.`,
    )
}

/**
 * Refuses to serve a real city with settings or data that are not safe, naming all of them at once; a real city is never
 * served as a demonstration either.
 * @returns the settings, with the city as the database knows it
 * @throws Error with what to do about each fault
 */
export const requireSafeStart = async (config: Config, log: FastifyBaseLogger): Promise<Config> => {
  const pool = createPool(config.databaseUrl, 1, 'jkb-safety')
  try {
    if (!config.demo) return await requireSafe(pool, config, log)
    await requireDemonstration(pool, config)
    return config
  } finally {
    await pool.end()
  }
}

/** What still has to be set before the city can be served; for whoever has just created it. */
export const listFaults = async (pool: Pool, config: Config): Promise<SafetyFault[]> => [
  ...findSettingsFaults(config),
  ...(await findDatabaseFaults(pool, config)),
]
