import type { Limits } from '../../../config.ts'
import type { DeviceCaller, OperatorCaller } from '../../../http/caller.ts'
import { countUse, giveBack, tooMany } from '../../../http/rate-limit.ts'
import type { Parts } from '../../../parts.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import { describePoint, findMaker } from './guess.queries.ts'
import type { Means } from './means.ts'

// Numbers can be tried out; signatures can not. A phone has its own limit of tries, but one checker enrols any number of
// phones: so what named nobody is counted for the point and for the maker of the phones too. A use is taken beforehand and
// given back where it named somebody: a busy door with right numbers never reaches its limit, and whoever tries many at
// once does. Over the whole city there is an alarm only: a refusal there would stop every door.

const MINUTE = 60
const MOST_MAKERS = 10_000

type Guessed = Extract<Means, 'numeric_code' | 'document'>
type Kind = 'point' | 'maker'

const LIMITS = {
  numeric_code: { point: 'wrongNumericCodesPerPointPerMinute', maker: 'wrongNumericCodesPerMakerPerMinute' },
  document: { point: 'unknownDocumentsPerPointPerMinute', maker: 'unknownDocumentsPerMakerPerMinute' },
} as const satisfies Record<Guessed, Record<Kind, keyof Limits>>

const isGuessed = (means: Means): means is Guessed => means === 'numeric_code' || means === 'document'

export interface Guess {
  /** It named somebody after all. */
  hit: () => Promise<void>
  /** It named nobody. */
  missed: () => Promise<void>
}

export const createGuessLimits = ({ pool, config, clock }: Pick<Parts, 'pool' | 'config' | 'clock'>) => {
  // Who enrolled a phone never changes.
  const makers = new Map<string, string>()

  const makerOf = async (caller: OperatorCaller | DeviceCaller): Promise<string> => {
    if (caller.kind === 'operator') return caller.operatorId
    const known = makers.get(caller.deviceId)
    if (known !== undefined) return known
    const maker = (await findMaker(pool, caller.deviceId)) ?? `device:${caller.deviceId}`
    if (makers.size >= MOST_MAKERS) makers.clear()
    makers.set(caller.deviceId, maker)
    return maker
  }

  const tellOf = async (kind: Kind, id: string, organisation: string, count: number): Promise<void> => {
    const place = kind === 'point' ? await describePoint(pool, id) : undefined
    const isOperator = kind === 'maker' && /^\d+$/.test(id)
    await raiseIncident(pool, {
      kind: 'code_guessing',
      subject: `${kind}:${id}`,
      divisionCode: place?.divisionCode ?? config.city.divisionCode,
      ...(isOperator ? { operatorId: id } : {}),
      details: { where: place?.name ?? organisation, count },
      at: clock(),
    })
  }

  const countInCity = async (): Promise<void> => {
    const count = await countUse(pool, 'wrong-codes:city', MINUTE)
    if (count !== config.limits.wrongCodesOfCityPerMinuteAlarm) return
    await raiseIncident(pool, {
      kind: 'code_guessing',
      subject: 'city',
      divisionCode: config.city.divisionCode,
      details: { where: config.city.nameZh, count },
      at: clock(),
    })
  }

  return {
    /**
     * Takes one try of what can be guessed; undefined where nothing can.
     * @throws AppError TOO_MANY_REQUESTS, with an alarm for the first that is refused in a minute
     */
    take: async (
      caller: OperatorCaller | DeviceCaller,
      pointId: string,
      means: Means,
    ): Promise<Guess | undefined> => {
      if (!isGuessed(means)) return undefined
      const maker = await makerOf(caller)
      const ids = { point: pointId, maker }
      const keyOf = (kind: Kind) => `wrong-${means}:${kind}:${ids[kind]}`
      const takeOf = async (kind: Kind): Promise<void> => {
        const limit = config.limits[LIMITS[means][kind]]
        const count = await countUse(pool, keyOf(kind), MINUTE)
        if (count <= limit) return
        if (count === limit + 1) await tellOf(kind, ids[kind], caller.organisation, count)
        throw tooMany(MINUTE, clock())
      }
      await takeOf('point')
      try {
        await takeOf('maker')
      } catch (error) {
        // One maker's guessing does not use up the point for the phones of others.
        await giveBack(pool, keyOf('point'), MINUTE)
        throw error
      }
      return {
        hit: async () => {
          await giveBack(pool, keyOf('point'), MINUTE)
          await giveBack(pool, keyOf('maker'), MINUTE)
        },
        missed: countInCity,
      }
    },
  }
}
