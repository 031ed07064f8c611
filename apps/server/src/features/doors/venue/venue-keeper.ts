import { divisionPrefix } from '@jiankangbao/domain/division'
import { AppError } from '../../../http/app-error.ts'
import { type CitizenCaller, hasRole, type OperatorCaller } from '../../../http/caller.ts'
import type { VenueScope } from './venue.queries.ts'

/** A registered citizen, on their own phone. */
export type ShopPerson = CitizenCaller & { personId: string }

/** Whoever keeps venues: an operator in the console, or the owner of a shop in the citizen app. */
export type VenueKeeper = OperatorCaller | ShopPerson

export const scopeOf = (caller: VenueKeeper): VenueScope =>
  caller.kind === 'citizen'
    ? { divisionPrefix: null, operatorId: null, ownerId: caller.personId }
    : {
        divisionPrefix: hasRole(caller, 'hq', 'office', 'hotline')
          ? divisionPrefix(caller.divisionCode)
          : null,
        operatorId: caller.operatorId,
        ownerId: null,
      }

/** Whose name stands on what was written, in either of two columns. */
export const writerOf = (caller: VenueKeeper) =>
  caller.kind === 'citizen'
    ? { operatorId: null, personId: caller.personId }
    : { operatorId: caller.operatorId, personId: null }

/** @throws AppError NOT_REGISTERED */
export const requireShopPerson = (caller: CitizenCaller, personId: string | null | undefined): ShopPerson => {
  if (!personId) throw new AppError('NOT_REGISTERED')
  return { ...caller, personId }
}
