import type { Call } from '@jiankangbao/contracts/schemas'
import type { ExposureObjection, MyExposure } from '@jiankangbao/contracts/tracing/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { HOUR_MS } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller, OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import type { ProposalRow } from '../../approval/proposal/proposal.queries.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { withdrawCaseFindings } from '../../colours/facts/findings.queries.ts'
import { markDirty, previewChange } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { dropExposures, listStandingFindings } from './decision.queries.ts'
import * as queries from './objection.queries.ts'

// "I was not there": open → upheld | refused. Stands on one stay together. Upheld by two people, it takes away only that: the
// finding goes where nothing is left that makes it.

/** Within which an office answers. */
const ANSWERED_WITHIN_MS = 24 * HOUR_MS

interface DropPayload {
  evidence: string
  source: string
  exposureId: string
  personId: string
  selectionId: string
  madeBy: string
}

const payloadOf = (row: ProposalRow): DropPayload => row.payload as unknown as DropPayload

export const createObjectionService = ({
  pool,
  clock,
  encryption,
  proposals,
}: Pick<Parts, 'pool' | 'clock' | 'encryption'> & { proposals: ProposalService }) => {
  proposals.defineKind('exposure.drop', {
    foresee: async (db, row) => {
      const { personId, madeBy } = payloadOf(row)
      const gone = new Set(await listStandingFindings(db, madeBy))
      const left = await queries.listRemaining(db, payloadOf(row).selectionId, personId)
      const change = await previewChange(
        db,
        personId,
        (findings) => (left.length > 1 ? findings : findings.filter(({ findingId }) => !gone.has(findingId))),
        clock(),
      )
      return {
        impact: {
          from: change.from,
          to: change.to,
          ...(change.until ? { until: change.until.toISOString() } : {}),
        },
      }
    },
    approve: async (tx, caller, row) => {
      const { exposureId, personId, selectionId, madeBy, evidence } = payloadOf(row)
      const at = clock()
      await queries.answerObjection(tx, exposureId, {
        state: 'upheld',
        answer: evidence,
        operatorId: caller.operatorId,
        at,
      })
      await dropExposures(tx, { exposureId }, row.proposal_id)
      const left = await queries.listRemaining(tx, selectionId, personId)
      if (left.length > 0) return { personId, remaining: left.length }
      await withdrawCaseFindings(
        tx,
        { proposalId: madeBy, personId },
        { proposalId: row.proposal_id, reason: evidence, at },
      )
      await markDirty(tx, [personId], 'finding.end')
      return { personId, remaining: 0 }
    },
    reject: async () => undefined,
    withdraw: async () => undefined,
  })

  const refuse = async (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.ObjectionRow,
    answer: string,
  ): Promise<void> => {
    const at = clock()
    await queries.answerObjection(tx, row.exposure_id, {
      state: 'refused',
      answer,
      operatorId: caller.operatorId,
      at,
    })
    await writeAudit(tx, {
      actor: caller,
      action: 'exposure.objection_refused',
      objectKind: 'exposure',
      objectId: row.exposure_id,
      purpose: answer,
      details: { personId: row.person_id, caseId: row.case_id },
    })
  }

  const uphold = (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.ObjectionRow,
    { requestId, answer }: Call<'answerExposureObjection'>['body'],
  ): Promise<string> => {
    const payload: DropPayload = {
      evidence: answer,
      source: caller.organisation,
      exposureId: row.exposure_id,
      personId: row.person_id,
      selectionId: row.selection_id,
      madeBy: row.made_by,
    }
    return proposals.propose(tx, caller, {
      requestId,
      kind: 'exposure.drop',
      subject: { caseId: row.case_id },
      payload: { ...payload },
      // It says the opposite of what headquarters approved.
      needsHq: true,
      alarms: [],
      persons: 1,
    })
  }

  return {
    /** Kind of place and day of each stay together that was approved; never who. */
    listMyExposures: async ({ accountId }: CitizenCaller): Promise<{ exposures: MyExposure[] }> => ({
      exposures: (await queries.listMyExposures(pool, accountId)).map((row) => ({
        exposureId: row.exposure_id,
        nameMasked: row.name_masked,
        group: row.contact_group,
        venueKind: row.kind,
        metOn: row.met_on,
        stands: row.stands,
        ...(row.objection ? { objection: row.objection } : {}),
        ...(row.due_at ? { dueAt: row.due_at.toISOString() } : {}),
        ...(row.answer ? { answer: row.answer } : {}),
      })),
    }),

    /** Once for each stay; a repeat is answered like the first time. @throws AppError NOT_FOUND, STATE_CONFLICT */
    objectToExposure: (
      caller: CitizenCaller,
      exposureId: string,
      statement: string,
    ): Promise<{ dueAt: string }> =>
      inTransaction(pool, async (tx) => {
        const row = await queries.lockMyExposure(tx, caller.accountId, exposureId)
        if (!row) throw new AppError('NOT_FOUND')
        if (row.objection === 'open' && row.due_at) return { dueAt: row.due_at.toISOString() }
        if (row.objection || row.dropped_by) throw stateConflict('exposureId', 'answered')
        const at = clock()
        const dueAt = new Date(at.getTime() + ANSWERED_WITHIN_MS)
        const statementEncrypted = encryption.encrypt(statement, inRow('exposures.statement', exposureId))
        await queries.insertObjection(tx, exposureId, { at, dueAt, statementEncrypted })
        await writeAudit(tx, {
          actor: caller,
          action: 'exposure.objected',
          objectKind: 'exposure',
          objectId: exposureId,
          details: { personId: row.person_id },
        })
        return { dueAt: dueAt.toISOString() }
      }),

    /** Of cases of the caller's division. */
    listExposureObjections: async (
      caller: OperatorCaller,
      query: { cursor?: string | undefined; limit?: number | undefined },
    ): Promise<{ objections: ExposureObjection[]; nextCursor?: string }> => {
      const limit = query.limit ?? 20
      const rows = await queries.listObjections(pool, clock(), {
        divisionPrefix: divisionPrefix(caller.divisionCode),
        afterId: readIdCursor(query.cursor),
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        objections: page.map((row) => ({
          exposureId: row.exposure_id,
          caseId: row.case_id,
          nameMasked: row.name_masked,
          venueName: row.venue_name,
          metAt: row.met_at.toISOString(),
          minutes: row.minutes,
          statement: encryption.show(row.statement_encrypted, inRow('exposures.statement', row.exposure_id)),
          objectedAt: row.objected_at.toISOString(),
          dueAt: row.due_at.toISOString(),
          ...(row.proposal_id ? { proposalId: row.proposal_id } : {}),
        })),
        ...(rows.length > limit && last ? { nextCursor: last.exposure_id } : {}),
      }
    },

    /** @throws AppError NOT_FOUND (not open, another division), STATE_CONFLICT (an open proposal upholds it already) */
    answerExposureObjection: (
      caller: OperatorCaller,
      exposureId: string,
      body: Call<'answerExposureObjection'>['body'],
    ): Promise<Call<'answerExposureObjection'>['result']> =>
      inTransaction(pool, async (tx) => {
        const row = await queries.lockObjection(tx, clock(), exposureId, divisionPrefix(caller.divisionCode))
        if (!row) throw new AppError('NOT_FOUND')
        const made = await proposals.findMade(tx, caller, {
          requestId: body.requestId,
          kind: 'exposure.drop',
          subject: { caseId: row.case_id },
        })
        if (made) return { state: 'open' as const, proposalId: made }
        if (row.proposal_id) throw stateConflict('exposureId', 'open_proposal')
        if (body.uphold) return { state: 'open' as const, proposalId: await uphold(tx, caller, row, body) }
        await refuse(tx, caller, row, body.answer)
        return { state: 'refused' as const }
      }),
  }
}

export type ObjectionService = ReturnType<typeof createObjectionService>
