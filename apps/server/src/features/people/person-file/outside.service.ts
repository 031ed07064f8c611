import type { DocumentType } from '@jiankangbao/contracts/atoms'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { saysNothing } from '@jiankangbao/domain/vocabulary/telling-text'
import type { Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { listOneHuman } from '../../colours/facts/standing.queries.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { countLookups } from '../../ledger/lookup/lookup-count.queries.ts'
import { hasOutsideReason, insertOutsideLookup } from '../../ledger/lookup/outside.queries.ts'
import { areTied } from './ties.queries.ts'

const HOUR_MS = 3_600_000
/** A reason holds for a day: search, file and the number in full are one piece of work. */
const REASON_HOURS = 24
/** A stay that ended longer ago ties nobody to the place. */
const STAY_DAYS = 30
const REGION_DIGITS = 6

/** Why somebody who does not belong to the operator's division is opened. */
export interface OutsideGiven {
  reason?: string | undefined
  caseNumber?: string | undefined
}

interface Found {
  personId: string
  documentType: DocumentType
  documentNumber: string
}

const readReason = ({ reason, caseNumber }: OutsideGiven) => {
  if (reason === undefined && caseNumber === undefined) return undefined
  if (reason === undefined) throw fieldError('reason', 'required')
  if (caseNumber === undefined) throw fieldError('caseNumber', 'required')
  const nothing = saysNothing(reason)
  if (nothing) throw fieldError('reason', nothing)
  if (!/[0-9]/.test(caseNumber)) throw fieldError('caseNumber', 'format')
  return { reason, caseNumber }
}

export const outsideNeedsReason = (): AppError =>
  new AppError('OUT_OF_DIVISION', {
    fields: [
      { field: 'reason', reason: 'required' },
      { field: 'caseNumber', reason: 'required' },
    ],
  })

/**
 * Who may be looked up at a desk: people of the operator's division, those tied to its work, and anybody else with a reason and a
 * case number, of which the auditor hears.
 */
export const createOutsideRule = ({ clock, config }: Pick<Parts, 'clock' | 'config'>) => {
  const isNear = async (tx: Transaction, caller: OperatorCaller, person: Found): Promise<boolean> => {
    if (divisionCovers(caller.divisionCode, config.city.divisionCode)) return true
    const prefix = divisionPrefix(caller.divisionCode)
    // The first six digits say where a resident number was first issued.
    if (
      person.documentType === 'resident_id' &&
      person.documentNumber.startsWith(prefix.slice(0, REGION_DIGITS))
    )
      return true
    const since = new Date(clock().getTime() - STAY_DAYS * 24 * HOUR_MS)
    const personIds = await listOneHuman(tx, person.personId)
    return areTied(tx, { personIds, divisionPrefix: prefix, since })
  }

  return {
    /** @returns what goes into the log; undefined where a reason and a case number are needed and were not given */
    admit: async (
      tx: Transaction,
      caller: OperatorCaller,
      person: Found,
      given: OutsideGiven,
    ): Promise<Record<string, string> | undefined> => {
      const told = readReason(given)
      if (await isNear(tx, caller, person)) return {}
      const at = clock()
      const { operatorId } = caller
      const { personId } = person
      if (told) {
        await insertOutsideLookup(tx, { operatorId, personId, at, ...told })
        await countLookups(tx, { operatorId, at, outside: 1 })
        return { outsideReason: told.reason, caseNumber: told.caseNumber }
      }
      const since = new Date(at.getTime() - REASON_HOURS * HOUR_MS)
      return (await hasOutsideReason(tx, { operatorId, personId, since })) ? {} : undefined
    },

    /** Trying is counted and logged too: the refusal itself tells that somebody is registered. */
    noteRefusal: async (
      tx: Transaction,
      caller: OperatorCaller,
      { personId }: Pick<Found, 'personId'>,
      purpose: string,
    ): Promise<void> => {
      await countLookups(tx, { operatorId: caller.operatorId, at: clock(), missed: 1 })
      await writeAudit(tx, {
        actor: caller,
        action: 'person.outside_refused',
        objectKind: 'person',
        objectId: personId,
        purpose,
      })
    },
  }
}
