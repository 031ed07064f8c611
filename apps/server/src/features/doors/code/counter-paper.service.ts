import type { PaperCode } from '@jiankangbao/contracts/code/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { findAct } from '../../people/counter/counter.queries.ts'
import { isPrintable } from '../../people/counter/counter.service.ts'
import { findCodeOfRequest } from './code.queries.ts'
import { makePaperCode, replacePaperCode } from './paper-code.ts'

/** What the person reads of it. */
const PURPOSE = '窗口打印纸质码'

/** Prints paper codes for people whom an office registered and who have no phone since. For nobody else. */
export const createCounterPaperService = (parts: Pick<Parts, 'pool' | 'clock' | 'keys' | 'config'>) => {
  const { pool, clock } = parts
  return {
    /**
     * A repeat of `requestId` gives the same code.
     * @throws AppError NOT_FOUND (also outside the division), STATE_CONFLICT (`act`, `not_printable`)
     */
    printCounterPaperCode: (caller: OperatorCaller, actId: string, requestId: string): Promise<PaperCode> =>
      inTransaction(pool, async (tx) => {
        const act = await findAct(tx, clock(), divisionPrefix(caller.divisionCode), actId)
        if (!act) throw new AppError('NOT_FOUND')
        if (!isPrintable(act) || !act.person_id) throw stateConflict('act', 'not_printable')
        const { person_id: personId, name_masked: nameMasked } = act
        const before = await findCodeOfRequest(tx, personId, requestId)
        if (before) return makePaperCode(parts, nameMasked, before.code_id, before.issued_at)
        const { codeId, issuedAt } = await replacePaperCode(tx, caller, { personId, requestId, now: clock() })
        const { operatorId, organisation } = caller
        await insertLookups(tx, {
          ...{ personIds: [personId], at: issuedAt, means: 'console_view', purpose: PURPOSE },
          ...{ operatorId, organisation },
        })
        return makePaperCode(parts, nameMasked, codeId, issuedAt)
      }),
  }
}
