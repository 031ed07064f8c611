import type {
  AppealState,
  OfficeAppeal,
  OfficeAppealEntry,
  TestBehind,
} from '@jiankangbao/contracts/appeal/schemas'
import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { maskPhone } from '@jiankangbao/domain/identity/masks'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import { readCursor, toPage } from '../../../http/paging.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { findCityDivision } from '../../city/place/place.service.ts'
import { listTestsBehind } from '../../colours/facts/tests-behind.service.ts'
import { listFindingsBehind } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { recordUnmasking } from '../../ledger/lookup/unmasking.ts'
import { writeNotice } from '../../ledger/notice/notice.service.ts'
import type { PersonFileService } from '../../people/person-file/person-file.service.ts'
import type { FindingService } from '../finding/finding.service.ts'
import * as queries from './appeal.queries.ts'
import { readAnswer, toOfficeEntry, toOfficeStep } from './appeal-view.ts'

/** Why an office opened somebody's file; the person sees it. */
const PURPOSE = '核实群众申诉'

/** May still be handed to others. */
const HANDED_ON: readonly AppealState[] = ['submitted', 'in_progress']
const OPEN: readonly AppealState[] = ['submitted', 'in_progress', 'proposed']

interface Step {
  step: 'taken' | 'handed_over' | 'escalated' | 'proposed' | 'answered' | 'upheld' | 'refused' | 'reopened'
  change: Parameters<typeof queries.updateAppeal>[2]
  note?: string
  details?: Record<string, unknown>
}

/** Who may answer or propose; for the others somebody of these decides. */
const mayDecide = (caller: OperatorCaller): boolean => hasRole(caller, 'hq', 'office', 'epidemiologist')

/** Appeals in the hands of offices: taken, handed over, answered, or turned into a proposal that somebody else decides. */
export const createAppealOfficeService = ({
  pool,
  clock,
  encryption,
  config,
  proposals,
  findings,
  personFiles,
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'> & {
  proposals: ProposalService
  findings: FindingService
  personFiles: PersonFileService
}) => {
  const requireVisible = (caller: OperatorCaller, row: queries.AppealRow | undefined): queries.AppealRow => {
    if (!row || !divisionCovers(caller.divisionCode, row.division_code)) throw new AppError('NOT_FOUND')
    return row
  }
  const find = async (caller: OperatorCaller, appealId: string): Promise<queries.AppealRow> =>
    requireVisible(caller, await queries.findAppeal(pool, appealId))

  /** Writes a step with its notice and audit entry; without a caller it followed from something else. */
  const record = async (
    tx: Transaction,
    row: queries.AppealRow,
    caller: OperatorCaller | undefined,
    { step, change, note, details }: Step,
  ): Promise<void> => {
    const at = clock()
    const appealId = row.appeal_id
    await queries.updateAppeal(tx, appealId, change)
    await queries.insertStep(tx, {
      appealId,
      at,
      step,
      ...(caller ? { operatorId: caller.operatorId } : {}),
      ...(note ? { note: (stepId) => encryption.encrypt(note, inRow('appeal_steps.note', stepId)) } : {}),
    })
    await writeNotice(tx, {
      accountId: row.account_id,
      kind: 'appeal_moved',
      details: { step, appealId },
      at,
    })
    await writeAudit(tx, {
      actor: caller ?? { kind: 'system' },
      action: `appeal.${step}`,
      objectKind: 'appeal',
      objectId: appealId,
      details: { personId: row.person_id, ...details },
    })
  }

  /** One act on an appeal held until commit. */
  const act = (
    caller: OperatorCaller,
    appealId: string,
    states: readonly AppealState[],
    work: (tx: Transaction, row: queries.AppealRow) => Promise<void>,
  ): Promise<void> =>
    inTransaction(pool, async (tx) => {
      const row = requireVisible(caller, await queries.lockAppeal(tx, appealId))
      if (!states.includes(row.state)) throw stateConflict('state', row.state)
      await work(tx, row)
    })

  const requireMine = (caller: OperatorCaller, row: queries.AppealRow): void => {
    if (row.handled_by !== caller.operatorId) throw stateConflict('handledBy', 'not_taken')
  }

  /** The results behind a positive test; that they were seen stands in the log. */
  const showTests = async (caller: OperatorCaller, row: queries.AppealRow): Promise<TestBehind[]> => {
    const tests = await listTestsBehind(pool, row.person_id, row.category, clock())
    if (tests.length > 0)
      await inTransaction(pool, (tx) =>
        writeAudit(tx, {
          actor: caller,
          action: 'appeal.tests_viewed',
          objectKind: 'appeal',
          objectId: row.appeal_id,
          purpose: PURPOSE,
          details: { personId: row.person_id, testIds: tests.map(({ testId }) => testId) },
        }),
      )
    return tests
  }

  const show = async (caller: OperatorCaller, appealId: string): Promise<OfficeAppeal> => {
    const row = await find(caller, appealId)
    const steps = await queries.listSteps(pool, [appealId])
    return {
      ...toOfficeEntry(encryption, caller, row),
      ...readAnswer(encryption, row),
      personId: row.person_id,
      contactPhoneMasked: encryption.show(
        row.contact_phone_encrypted,
        inRow('appeals.contact_phone', appealId),
        maskPhone,
      ),
      ...(row.proposal_id ? { proposalId: row.proposal_id } : {}),
      findingIds: await listFindingsBehind(pool, row.person_id, row.category, clock()),
      tests: await showTests(caller, row),
      mayEscalate: HANDED_ON.includes(row.state) && row.division_code !== config.city.divisionCode,
      steps: steps.map((step) => toOfficeStep(encryption, step)),
      person: await personFiles.getPerson(caller, row.person_id, { purpose: PURPOSE }),
    }
  }

  /** What is left to see of one that was handed on. */
  const showEntry = async (caller: OperatorCaller, appealId: string): Promise<OfficeAppealEntry> => {
    const row = await queries.findAppeal(pool, appealId)
    if (!row) throw new AppError('NOT_FOUND')
    return toOfficeEntry(encryption, caller, row)
  }

  proposals.onDecided(async (tx, { proposalId, state, reason }) => {
    const row = await queries.lockAppealOfProposal(tx, proposalId)
    if (row?.state !== 'proposed') return
    if (state === 'withdrawn')
      return record(tx, row, undefined, {
        step: 'reopened',
        change: { state: 'in_progress', proposalId: null },
        details: { proposalId },
      })
    const step = state === 'approved' ? 'upheld' : 'refused'
    await record(tx, row, undefined, {
      step,
      change: {
        state: step,
        endedAt: clock(),
        answer: encryption.encrypt(reason, inRow('appeals.answer', row.appeal_id)),
      },
      details: { proposalId },
    })
  })

  return {
    listAppeals: async (
      caller: OperatorCaller,
      query: {
        cursor?: string | undefined
        limit?: number | undefined
        state?: AppealState | undefined
        mine?: 'true' | 'false' | undefined
        escalated?: 'true' | 'false' | undefined
      },
    ) => {
      const limit = query.limit ?? 20
      const rows = await queries.listAppeals(pool, {
        divisionPrefix: divisionPrefix(caller.divisionCode),
        state: query.state ?? null,
        handledBy: query.mine === 'true' ? caller.operatorId : null,
        escalated: query.escalated === undefined ? null : query.escalated === 'true',
        // What is work comes in the order in which it came; what is over is looked up from its end.
        oldestFirst: query.state !== undefined && OPEN.includes(query.state),
        after: readCursor(query.cursor, 'uuid'),
        limit: limit + 1,
      })
      const { items, nextCursor } = toPage(rows, limit, (row) => ({
        at: row.submitted_at.toISOString(),
        id: row.appeal_id,
      }))
      return { appeals: items.map((row) => toOfficeEntry(encryption, caller, row)), ...nextCursor }
    },

    /** With the person's file as it is now; reading it is a look-up that the person sees. */
    getAppeal: show,

    getAppealPicture: async (caller: OperatorCaller, appealId: string, numberText: string) => {
      const row = await find(caller, appealId)
      const picture = await queries.findPicture(pool, appealId, Number(numberText))
      if (!picture) throw new AppError('NOT_FOUND')
      await inTransaction(pool, (tx) =>
        writeAudit(tx, {
          actor: caller,
          action: 'appeal.picture_viewed',
          objectKind: 'appeal',
          objectId: appealId,
          details: { personId: row.person_id, number: Number(numberText) },
        }),
      )
      return {
        mediaType: picture.media_type,
        content: encryption.decrypt(
          picture.content_encrypted,
          inRow('appeal_pictures.content', row.appeal_id, Number(numberText)),
        ),
      }
    },

    revealAppealPhone: async (caller: OperatorCaller, appealId: string, purpose: string) => {
      const row = await find(caller, appealId)
      await recordUnmasking({ pool, clock, config }, caller, {
        personIds: [row.person_id],
        purpose,
        action: 'appeal.phone_revealed',
        objectKind: 'appeal',
        objectId: appealId,
        details: { personId: row.person_id },
      })
      return {
        contactPhone: encryption.decrypt(
          row.contact_phone_encrypted,
          inRow('appeals.contact_phone', row.appeal_id),
        ),
      }
    },

    /** Takes it into one's own hands, also from a colleague. @throws AppError STATE_CONFLICT where it has ended */
    takeAppeal: async (caller: OperatorCaller, appealId: string): Promise<OfficeAppeal> => {
      await act(caller, appealId, ['submitted', 'in_progress'], async (tx, row) => {
        if (row.handled_by === caller.operatorId) return
        await record(tx, row, caller, {
          step: 'taken',
          change: { state: 'in_progress', handledBy: caller.operatorId },
        })
      })
      return show(caller, appealId)
    },

    /** To the offices of another division, or up where that is the city; whoever hands it over may no longer see it. */
    handOverAppeal: async (
      caller: OperatorCaller,
      appealId: string,
      { divisionCode: named, note }: { divisionCode: string; note: string },
    ): Promise<OfficeAppealEntry> => {
      const division = await findCityDivision(pool, named)
      if (!division) throw fieldError('divisionCode', 'unknown_division')
      const divisionCode = division.code
      await act(caller, appealId, HANDED_ON, async (tx, row) => {
        const stays = row.division_code === divisionCode
        // The hotline decides nothing: what it has looked into goes to the offices, also of the same division.
        if (stays && mayDecide(caller)) throw fieldError('divisionCode', 'unchanged')
        if (stays) requireMine(caller, row)
        await record(tx, row, caller, {
          step: divisionCode === config.city.divisionCode && !stays ? 'escalated' : 'handed_over',
          change: { state: 'submitted', handledBy: null, divisionCode },
          note,
          details: { from: row.division_code, to: divisionCode },
        })
      })
      return showEntry(caller, appealId)
    },

    /** Up to the city's headquarters; whoever hands it up may no longer see it. @throws AppError STATE_CONFLICT */
    escalateAppeal: async (
      caller: OperatorCaller,
      appealId: string,
      note: string,
    ): Promise<OfficeAppealEntry> => {
      const city = config.city.divisionCode
      await act(caller, appealId, HANDED_ON, async (tx, row) => {
        if (row.division_code === city) throw stateConflict('divisionCode', 'unchanged')
        await record(tx, row, caller, {
          step: 'escalated',
          change: { state: 'submitted', handledBy: null, divisionCode: city },
          note,
          details: { from: row.division_code, to: city },
        })
      })
      return showEntry(caller, appealId)
    },

    /** The colour stays, and the citizen reads why. @throws AppError STATE_CONFLICT (ended, proposed, not taken) */
    answerAppeal: async (caller: OperatorCaller, appealId: string, answer: string): Promise<OfficeAppeal> => {
      await act(caller, appealId, ['in_progress'], async (tx, row) => {
        requireMine(caller, row)
        await record(tx, row, caller, {
          step: 'answered',
          change: {
            state: 'answered',
            endedAt: clock(),
            answer: encryption.encrypt(answer.trim(), inRow('appeals.answer', row.appeal_id)),
          },
        })
      })
      return show(caller, appealId)
    },

    /**
     * Proposes that all the findings behind the reason end or were never right; the decision about it is the decision about
     * the appeal, so that one upheld leaves nothing of its reason. A repeat is answered with its first proposal, whatever became
     * of it.
     */
    proposeAppeal: async (
      caller: OperatorCaller,
      appealId: string,
      body: Parameters<FindingService['proposeReasonEnd']>[3],
    ): Promise<Proposal> => {
      const proposalId = await inTransaction(pool, async (tx) => {
        const row = requireVisible(caller, await queries.lockAppeal(tx, appealId))
        const subject = { personId: row.person_id, category: row.category }
        const request = { requestId: body.requestId, kind: 'finding.end' as const, subject }
        const before = await proposals.findMade(tx, caller, request)
        if (before) return before
        if (row.state !== 'in_progress') throw stateConflict('state', row.state)
        requireMine(caller, row)
        const made = await findings.proposeReasonEnd(tx, caller, subject, body)
        await record(tx, row, caller, {
          step: 'proposed',
          change: { state: 'proposed', proposalId: made.proposalId },
          details: made,
        })
        return made.proposalId
      })
      return proposals.getProposal(caller, proposalId)
    },
  }
}

export type AppealOfficeService = ReturnType<typeof createAppealOfficeService>
