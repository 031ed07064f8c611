import type { HotlinePolicies, HotlinePolicyVersion } from '@jiankangbao/contracts/hotline/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { completePolicy, faultOfPolicy } from '@jiankangbao/domain/ticket/hotline'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { decideAsSecond } from '../../approval/second-person/second-person.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './policy.queries.ts'

// A version of how the hotline works:  draft → released, or dropped. One draft is open at most, and whoever wrote it last does not
// release it.

const MOST_VERSIONS = 30

const toVersion = (caller: OperatorCaller, row: queries.PolicyRow): HotlinePolicyVersion => ({
  version: row.version,
  state: row.state,
  revision: row.revision,
  changeNote: row.change_note,
  editedBy: row.edited_by_name,
  editedAt: row.edited_at.toISOString(),
  own: row.edited_by === caller.operatorId,
  ...(row.released_by_name === null ? {} : { releasedBy: row.released_by_name }),
  ...(row.released_at ? { releasedAt: row.released_at.toISOString() } : {}),
  policy: completePolicy(row.policy) as HotlinePolicyVersion['policy'],
})

/** How the hotline works, written by one and released by another. */
export const createHotlinePolicyService = ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>) => {
  const audit = (
    tx: Transaction,
    caller: OperatorCaller,
    action: string,
    version: number,
    details: object = {},
  ) =>
    writeAudit(tx, {
      actor: caller,
      action,
      objectKind: 'hotline_policy',
      objectId: String(version),
      details: { ...details },
    })

  const list = async (caller: OperatorCaller): Promise<HotlinePolicies> => {
    const current = await queries.readHotlinePolicy(pool)
    const versions = await queries.listVersions(pool, MOST_VERSIONS)
    return {
      current: current.version,
      policy: current.policy as HotlinePolicies['policy'],
      versions: versions.map((row) => toVersion(caller, row)),
    }
  }

  const saveIn = async (
    tx: Transaction,
    caller: OperatorCaller,
    { revision, changeNote, policy }: Call<'saveHotlinePolicy'>['body'],
  ): Promise<void> => {
    const open = await queries.holdDraft(tx)
    if ((open?.revision ?? 0) !== revision) throw stateConflict('revision', 'changed_meanwhile')
    const edit = { policy, changeNote: changeNote.trim(), by: caller.operatorId, at: clock() }
    const version = open?.version ?? (await queries.insertDraft(tx, edit))
    if (open) await queries.updateDraft(tx, version, edit)
    await audit(tx, caller, 'hotline_policy.saved', version, { changeNote: edit.changeNote })
  }

  return {
    /** Those that count now; offices answer tickets with them too. */
    listReadyAnswers: async () => {
      const { policy } = await queries.readHotlinePolicy(pool)
      return { answers: [...policy.readyAnswers] }
    },

    listHotlinePolicies: list,

    /** @throws AppError VALIDATION_FAILED (what does not fit together), STATE_CONFLICT (changed_meanwhile) */
    saveHotlinePolicy: async (
      caller: OperatorCaller,
      body: Call<'saveHotlinePolicy'>['body'],
    ): Promise<HotlinePolicies> => {
      const fault = faultOfPolicy(body.policy)
      if (fault) throw fieldError(`policy.${fault.field}`, fault.reason)
      await inTransaction(pool, (tx) => saveIn(tx, caller, body))
      return list(caller)
    },

    /** @throws AppError STATE_CONFLICT (nothing open) */
    dropHotlinePolicy: (caller: OperatorCaller): Promise<null> =>
      inTransaction(pool, async (tx) => {
        const open = await queries.holdDraft(tx)
        if (!open) throw stateConflict('state', 'released')
        await queries.markDropped(tx, open.version)
        await audit(tx, caller, 'hotline_policy.dropped', open.version)
        return null
      }),

    /** @throws AppError OWN_PROPOSAL, FORBIDDEN (not a second person in fact), STATE_CONFLICT (changed_meanwhile, nothing open) */
    releaseHotlinePolicy: async (caller: OperatorCaller, revision: number): Promise<HotlinePolicies> => {
      await inTransaction(pool, async (tx) => {
        const open = await queries.holdDraft(tx)
        if (!open) throw stateConflict('state', 'released')
        if (open.revision !== revision) throw stateConflict('revision', 'changed_meanwhile')
        const now = clock()
        const about = `hotline_policy:${open.version}`
        const matter = { about, writers: [open.edited_by], weighty: false, now }
        const alarms = await decideAsSecond(tx, config, caller, matter)
        await queries.markReleased(tx, open.version, caller.operatorId, now)
        await audit(tx, caller, 'hotline_policy.released', open.version, { alarms })
      })
      return list(caller)
    },
  }
}
