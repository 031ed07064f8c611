import { isOfferedAt, type Service } from '@jiankangbao/domain/service/service'
import type { Queryable } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { type CheckRow, FAILURES, listChecks } from './check.queries.ts'
import { findCurrent, listStops, type StopRow } from './service.queries.ts'

/** What counts now: the services in force, what was stopped, how their checks ended. */
export interface Register {
  version: number
  services: Service[]
  stops: Map<string, StopRow>
  checks: Map<string, CheckRow>
}

/** Version 0 is what comes with the program, while headquarters released nothing. */
export const readCurrent = async (
  db: Queryable,
  { cityProfile, city }: Parts['config'],
): Promise<{ version: number; services: Service[] }> =>
  (await findCurrent(db)) ?? { version: 0, services: cityProfile.services(city.hotline) }

export const readRegister = async (db: Queryable, config: Parts['config']): Promise<Register> => {
  const current = await readCurrent(db, config)
  const stops = await listStops(db)
  const checks = await listChecks(db)
  return {
    ...current,
    stops: new Map(stops.map((stop) => [stop.service_key, stop])),
    checks: new Map(checks.map((check) => [check.service_key, check])),
  }
}

/** Whether the service's own check fails, as far as it is still the check that was asked for. */
export const isFailing = ({ checks }: Pick<Register, 'checks'>, { key, check }: Service): boolean => {
  const found = checks.get(key)
  return check !== undefined && found?.url === check.url && found.failures >= FAILURES
}

/** Whether phones get to see it at an instant; one that fails and only turns grey is among them. */
export const isOffered = (register: Register, service: Service, now: Date): boolean =>
  isOfferedAt(service, now.getTime()) &&
  !register.stops.has(service.key) &&
  !(service.check?.failing === 'hide' && isFailing(register, service))
