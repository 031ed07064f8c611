import type { LookupNormOfRole } from '@jiankangbao/contracts/lookup/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { type LookupNorm, type LookupNormRole, usualLookups } from '@jiankangbao/domain/vocabulary/lookups'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import type { ProposalRow } from '../../approval/proposal/proposal.queries.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import * as queries from './lookup-norm.queries.ts'

// Whoever is watched does not say alone what is usual: a figure is proposed by one of headquarters and decided by another, who
// sees how many days would have been alarms.

const SHOWN_DAYS = 28
const DAY_MS = 86_400_000

interface Payload {
  norm: LookupNorm
  before: LookupNorm
  evidence: string
}
const payloadOf = (row: ProposalRow): Payload => row.payload as unknown as Payload

type Norms = ReadonlyMap<string, LookupNorm>
const toNorm = ({ least, times_usual, most }: queries.NormRow): LookupNorm => ({
  least,
  timesUsual: Number(times_usual),
  most,
})

/** On how many days of one operator in that role it was more than usual, were these the figures. */
const countUnusual = (days: readonly queries.DayRow[], norms: Norms, role: LookupNormRole): number =>
  days.filter(({ roles, looked, mean_before }) => {
    if (!roles.includes(role)) return false
    const own = roles.flatMap((each) => norms.get(each) ?? [])
    return looked > usualLookups(own, mean_before)
  }).length

const isSame = (a: LookupNorm, b: LookupNorm): boolean =>
  a.least === b.least && a.timesUsual === b.timesUsual && a.most === b.most

/** How many look-ups a day are usual for a role. */
export const createLookupNormService = ({
  pool,
  clock,
  proposals,
}: Pick<Parts, 'pool' | 'clock'> & { proposals: ProposalService }) => {
  const readDays = (db: Queryable) =>
    queries.listDays(db, shanghaiDayOf(clock().getTime() - (SHOWN_DAYS - 1) * DAY_MS))

  proposals.defineKind('lookup_norm.change', {
    foresee: async (db, row) => {
      const rows = await queries.listNorms(db, clock())
      const role = row.lookup_role
      const current = rows.find((each) => each.role === role)
      if (!role || !current) return {}
      const days = await readDays(db)
      const now = new Map<string, LookupNorm>(rows.map((each) => [each.role, toNorm(each)]))
      const { norm } = payloadOf(row)
      return {
        lookupNorm: {
          role,
          before: { ...toNorm(current), unusualDays: countUnusual(days, now, role) },
          after: { ...norm, unusualDays: countUnusual(days, new Map(now).set(role, norm), role) },
        },
      }
    },
    approve: async (tx, _caller, row) => {
      const { norm, before } = payloadOf(row)
      const role = row.lookup_role
      const current = role && (await queries.lockNorm(tx, role))
      if (!current || !isSame(current, before)) throw stateConflict('role', 'changed_meanwhile')
      await queries.updateNorm(tx, role, norm)
      return { before, after: norm }
    },
    reject: async () => undefined,
    withdraw: async () => undefined,
  })

  const proposeIn = async (
    tx: Transaction,
    caller: OperatorCaller,
    role: LookupNormRole,
    { requestId, evidence, ...norm }: Call<'proposeLookupNorm'>['body'],
  ): Promise<string> => {
    const request = { kind: 'lookup_norm.change', subject: { lookupRole: role }, requestId } as const
    const made = await proposals.findMade(tx, caller, request)
    if (made) return made
    const before = await queries.lockNorm(tx, role)
    if (!before) throw new AppError('NOT_FOUND')
    if (isSame(before, norm)) throw fieldError('least', 'nothing_to_change')
    const open = (await queries.listNorms(tx, clock())).find((each) => each.role === role)?.proposal_id
    if (open) throw stateConflict('role', 'change_open')
    const payload: Payload = { norm, before, evidence }
    return proposals.propose(tx, caller, {
      ...request,
      payload: { ...payload },
      needsHq: true,
      alarms: [],
      persons: 0,
    })
  }

  return {
    listLookupNorms: async (): Promise<{ norms: LookupNormOfRole[] }> => {
      const rows = await queries.listNorms(pool, clock())
      const days = await readDays(pool)
      const norms = new Map<string, LookupNorm>(rows.map((row) => [row.role, toNorm(row)]))
      return {
        norms: rows.map((row) => ({
          role: row.role,
          ...toNorm(row),
          operators: row.operators,
          unusualDays: countUnusual(days, norms, row.role),
          ...(row.proposal_id ? { proposalId: row.proposal_id } : {}),
        })),
      }
    },

    /**
     * @throws AppError VALIDATION_FAILED (most below least, or nothing changes), STATE_CONFLICT (change_open),
     * REQUEST_ID_REUSED
     */
    proposeLookupNorm: async (
      caller: OperatorCaller,
      role: LookupNormRole,
      body: Call<'proposeLookupNorm'>['body'],
    ): Promise<{ proposalId: string }> => {
      if (body.most < body.least) throw fieldError('most', 'too_small')
      return { proposalId: await inTransaction(pool, (tx) => proposeIn(tx, caller, role, body)) }
    },
  }
}
