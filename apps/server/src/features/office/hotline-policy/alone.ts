import type { HotlineAct } from '@jiankangbao/domain/ticket/hotline'
import type { Queryable } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import { readHotlinePolicy } from './policy.queries.ts'

/** Lets headquarters and offices pass, and the hotline where the policy that counts now says so. @throws AppError FORBIDDEN */
export const requireAlone = async (db: Queryable, caller: OperatorCaller, act: HotlineAct): Promise<void> => {
  if (hasRole(caller, 'hq', 'office')) return
  const { policy } = await readHotlinePolicy(db)
  if (!policy.actsAlone.includes(act))
    throw new AppError('FORBIDDEN', { fields: [{ field: 'act', reason: 'not_alone' }] })
}
