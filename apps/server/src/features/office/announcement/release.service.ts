import type { KeptAnnouncement, TextEstimate } from '@jiankangbao/contracts/announcement/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import type { ProposalRow } from '../../approval/proposal/proposal.queries.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './announcement.queries.ts'
import { requireKept, showKept } from './kept.ts'
import type { ReadingService } from './reading.service.ts'
import { countRecipients, insertWave, stopWaves } from './text-wave.queries.ts'
import { estimateTexts } from './text-wave.service.ts'

// A version:  draft → proposed → released;  back to draft where the proposal was refused, taken back or ran out. Released, it is
// told until its end, or until somebody withdraws the announcement.

interface ReleasePayload {
  version: number
  revision: number
  evidence: string
}

const payloadOf = (row: ProposalRow): ReleasePayload => row.payload as unknown as ReleasePayload
const idOf = (row: ProposalRow): string => row.announcement_id ?? ''

/** What goes to the whole city, and what asks something of people, is released by headquarters of the city. */
const needsHeadquarters = (row: queries.VersionRow): boolean =>
  row.kind === 'policy' || row.audience !== 'districts' || row.urgent

/** From the draft to everybody, and back. */
export const createReleaseService = (
  parts: Pick<Parts, 'pool' | 'clock' | 'config'> & {
    proposals: ProposalService
    reading: Pick<ReadingService, 'readAgain'>
  },
) => {
  const { pool, clock, proposals, reading } = parts

  const findVersion = async (db: Queryable, row: ProposalRow): Promise<queries.VersionRow | undefined> =>
    (await queries.listVersions(db, clock(), idOf(row))).find(
      ({ version }) => version === payloadOf(row).version,
    )

  const toDraft = (tx: Transaction, row: ProposalRow): Promise<void> =>
    queries.markDraft(tx, idOf(row), payloadOf(row).version)

  proposals.defineKind('announcement.release', {
    openToNew: true,
    // Whoever wrote it is not the second person, whoever asked for the release.
    writersOf: async (db, row) => {
      const version = await findVersion(db, row)
      return version ? [version.edited_by] : []
    },
    foresee: async (db, row) => {
      const version = await findVersion(db, row)
      if (!version) return {}
      return {
        announcement: {
          announcementId: version.announcement_id,
          version: version.version,
          kind: version.kind,
          title: version.title_zh,
          audience: version.audience,
          urgent: version.urgent,
          ...(version.publish_at ? { publishAt: version.publish_at.toISOString() } : {}),
          ...(version.send_texts ? { texts: await countRecipients(db) } : {}),
        },
      }
    },
    approve: async (tx, caller, row) => {
      const announcementId = idOf(row)
      await queries.holdAnnouncement(tx, announcementId)
      const version = await findVersion(tx, row)
      // The proposal is closed by now, and the version reads as a draft.
      if (version?.proposal_id !== row.proposal_id || version.revision !== payloadOf(row).revision)
        throw stateConflict('announcementId', 'changed_meanwhile')
      if (version.withdrawn_at) throw stateConflict('announcementId', 'withdrawn')
      const at = clock()
      if (version.expires_at && version.expires_at <= at) throw stateConflict('announcementId', 'expired')
      await queries.markReleased(tx, announcementId, version.version, caller.operatorId, at)
      const texts = version.send_texts ? await countRecipients(tx) : 0
      if (version.send_texts) {
        const dueAt = version.publish_at && version.publish_at > at ? version.publish_at : at
        await insertWave(tx, { announcementId, version: version.version, total: texts, dueAt, at })
      }
      reading.readAgain()
      return { version: version.version, ...(texts > 0 ? { texts } : {}) }
    },
    reject: toDraft,
    withdraw: toDraft,
  })

  const proposeIn = async (
    tx: Transaction,
    caller: OperatorCaller,
    announcementId: string,
    { requestId, revision, evidence }: Call<'proposeAnnouncementRelease'>['body'],
  ): Promise<string> => {
    const request = { kind: 'announcement.release', subject: { announcementId }, requestId } as const
    const made = await proposals.findMade(tx, caller, request)
    if (made) return made
    await queries.holdAnnouncement(tx, announcementId)
    const now = clock()
    const head = await requireKept(tx, caller, now, announcementId)
    if (head.kind !== 'question' && !hasRole(caller, 'hq', 'office')) throw new AppError('FORBIDDEN')
    if (head.withdrawn_at) throw stateConflict('announcementId', 'withdrawn')
    const [open] = await queries.listVersions(tx, now, announcementId)
    if (!open || open.state === 'released') throw stateConflict('state', 'released')
    if (open.state === 'proposed') throw stateConflict('state', 'proposed')
    if (open.revision !== revision) throw stateConflict('revision', 'changed_meanwhile')
    const payload: ReleasePayload = { version: open.version, revision, evidence }
    const proposalId = await proposals.propose(tx, caller, {
      ...request,
      payload: { ...payload },
      needsHq: needsHeadquarters(open),
      alarms: [],
      persons: 0,
    })
    await queries.markProposed(tx, announcementId, open.version, proposalId)
    return proposalId
  }

  return {
    /** @throws AppError NOT_FOUND, FORBIDDEN, STATE_CONFLICT (released, proposed, withdrawn, changed_meanwhile), REQUEST_ID_REUSED */
    proposeAnnouncementRelease: async (
      caller: OperatorCaller,
      announcementId: string,
      body: Call<'proposeAnnouncementRelease'>['body'],
    ): Promise<{ proposalId: string }> => ({
      proposalId: await inTransaction(pool, (tx) => proposeIn(tx, caller, announcementId, body)),
    }),

    estimateAnnouncementTexts: (): Promise<TextEstimate> => estimateTexts(parts),

    /** @throws AppError NOT_FOUND, STATE_CONFLICT (none runs) */
    stopAnnouncementTexts: async (
      caller: OperatorCaller,
      announcementId: string,
      reason: string,
    ): Promise<KeptAnnouncement> => {
      await inTransaction(pool, async (tx) => {
        await requireKept(tx, caller, clock(), announcementId)
        const stopped = await stopWaves(tx, announcementId, { by: caller.operatorId, at: clock(), reason })
        const [wave] = stopped
        if (!wave) throw stateConflict('announcementId', 'not_running')
        await writeAudit(tx, {
          actor: caller,
          action: 'announcement.texts_stopped',
          objectKind: 'announcement',
          objectId: announcementId,
          purpose: reason,
          details: { ...wave },
        })
      })
      return showKept(parts, caller, announcementId)
    },

    /**
     * At once and by one person: what is wrong does not wait for a second one. Its texts stop too.
     * @throws AppError NOT_FOUND, STATE_CONFLICT (withdrawn already, or never released)
     */
    withdrawAnnouncement: async (
      caller: OperatorCaller,
      announcementId: string,
      { reason, reasonEn }: Call<'withdrawAnnouncement'>['body'],
    ): Promise<KeptAnnouncement> => {
      await inTransaction(pool, async (tx) => {
        await queries.holdAnnouncement(tx, announcementId)
        const at = clock()
        const head = await requireKept(tx, caller, at, announcementId)
        if (head.standing === 'unreleased') throw stateConflict('announcementId', 'unreleased')
        const end = { by: caller.operatorId, at, reasonZh: reason.trim(), reasonEn: reasonEn?.trim() ?? null }
        if (!(await queries.markWithdrawn(tx, announcementId, end)))
          throw stateConflict('announcementId', 'withdrawn')
        await stopWaves(tx, announcementId, { by: caller.operatorId, at, reason: reason.trim() })
        await writeAudit(tx, {
          actor: caller,
          action: 'announcement.withdrawn',
          objectKind: 'announcement',
          objectId: announcementId,
          purpose: reason,
        })
      })
      reading.readAgain()
      return showKept(parts, caller, announcementId)
    },
  }
}
