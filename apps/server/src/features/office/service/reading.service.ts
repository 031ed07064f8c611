import type { ShownService } from '@jiankangbao/contracts/service/schemas'
import type { Service } from '@jiankangbao/domain/service/service'
import type { Parts } from '../../../parts.ts'
import { isFailing, isOffered, type Register, readRegister } from './offered.ts'

/** Everybody's app asks at its start: each process reads the register this often. */
const FRESH_MS = 10_000

const toShown = (register: Register, service: Service): ShownService => {
  // Where the check asks and the dates are nobody's business outside.
  const { check: _, startsAt: __, endsAt: ___, ...shown } = service
  return { ...shown, failing: isFailing(register, service) }
}

/** The services as phones see them. */
export const createServiceReading = ({ pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>) => {
  let kept: { at: number; value: Promise<Register> } | undefined

  const register = (now: Date): Promise<Register> => {
    const age = kept && now.getTime() - kept.at
    if (kept && age !== undefined && age >= 0 && age < FRESH_MS) return kept.value
    const value = readRegister(pool, config)
    kept = { at: now.getTime(), value }
    value.catch(() => {
      kept = undefined
    })
    return value
  }

  return {
    /** After a release or a stop this process shows it at once, the others within seconds. */
    readAgain: (): void => {
      kept = undefined
    },

    listServices: async () => {
      const now = clock()
      const read = await register(now)
      return {
        version: read.version,
        services: read.services
          .filter((service) => isOffered(read, service, now))
          .map((service) => toShown(read, service)),
        listedAt: now.toISOString(),
      }
    },
  }
}

export type ServiceReading = ReturnType<typeof createServiceReading>
