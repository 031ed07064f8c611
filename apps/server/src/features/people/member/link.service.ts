import type { Holder } from '@jiankangbao/contracts/member/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { inTransaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { wakeAccount, writeNotice } from '../../ledger/notice/notice.service.ts'
import { isMinorOn, readBirth, showsCode } from './consent.ts'
import * as queries from './link.queries.ts'
import { endMember } from './member.queries.ts'

type LinkParts = Pick<Parts, 'pool' | 'clock' | 'encryption' | 'onLinkEnded'>

/** Who looks after somebody, as that person sees it, or whoever holds a person without a phone. */
export const createLinkService = ({ pool, clock, encryption, onLinkEnded }: LinkParts) => {
  const today = () => shanghaiDayOf(clock().getTime())

  const mayAllow = (row: queries.HolderRow): boolean =>
    row.has_account &&
    !(
      row.consent_means === 'guardian' &&
      isMinorOn(readBirth(encryption, row.person_id, row.birth_on_encrypted), today())
    )

  // A holder ends links that came after their own: who came first is never put out by who came later.
  const mayRemove = (row: { added_at: Date; account_id: string }, heldSince: Date | null, caller: string) =>
    heldSince === null || row.account_id === caller || row.added_at > heldSince

  const toHolder = (caller: CitizenCaller, subject: queries.SubjectRow, row: queries.HolderRow): Holder => ({
    holderId: row.member_id,
    nameMasked: row.name_masked ?? '',
    relation: row.relation,
    consentMeans: row.consent_means,
    since: row.added_at.toISOString(),
    isCaller: row.account_id === caller.accountId,
    showsCode: showsCode(encryption, row, today()),
    mayAllowCode: subject.held_since === null && mayAllow(row),
    mayRemove: mayRemove(row, subject.held_since, caller.accountId),
  })

  return {
    /** @throws AppError NOT_REGISTERED, NOT_FOUND (no member, or one with a phone of their own: they look themselves). */
    listHolders: async (
      caller: CitizenCaller,
      memberId: string | undefined,
    ): Promise<{ holders: Holder[] }> => {
      const subject = await queries.findSubject(pool, caller.accountId, memberId)
      if (!subject) throw new AppError(memberId ? 'NOT_FOUND' : 'NOT_REGISTERED')
      const rows = await queries.listHolders(pool, subject.person_id)
      return { holders: rows.map((row) => toHolder(caller, subject, row)) }
    },

    /**
     * Lets a holder show the caller's live code, or takes that back: then what is on that phone dies too.
     * @throws AppError NOT_FOUND for a link to somebody else.
     */
    allowCode: async (caller: CitizenCaller, holderId: string, allowed: boolean): Promise<null> => {
      const now = clock()
      await inTransaction(pool, async (tx) => {
        const link = await queries.lockLink(tx, caller.accountId, holderId)
        if (!link?.is_own_person || link.removed_at) throw new AppError('NOT_FOUND')
        if (!mayAllow(link) || allowed === (link.code_allowed_at !== null)) return
        await queries.setCodeAllowed(tx, link.member_id, allowed ? now : null)
        if (!allowed)
          await onLinkEnded(tx, { memberId: link.member_id, personId: link.person_id, showedCode: true }, now)
        await writeAudit(tx, {
          actor: caller,
          action: allowed ? 'member.code_allowed' : 'member.code_taken_back',
          objectKind: 'person',
          objectId: link.person_id,
          details: { memberId: link.member_id },
        })
        await wakeAccount(tx, link.account_id)
      })
      return null
    },

    /** Ends a link; again is the same. @throws AppError NOT_FOUND unless the caller may end it. */
    removeHolder: async (caller: CitizenCaller, holderId: string): Promise<null> => {
      const now = clock()
      await inTransaction(pool, async (tx) => {
        const link = await queries.lockLink(tx, caller.accountId, holderId)
        const isHeld = link && !link.has_account && link.held_since !== null
        if (!link || !(link.is_own_person || isHeld)) throw new AppError('NOT_FOUND')
        if (link.removed_at) return
        if (!link.is_own_person && !mayRemove(link, link.held_since, caller.accountId))
          throw new AppError('NOT_FOUND')
        await endMember(tx, link.member_id, now)
        await onLinkEnded(
          tx,
          {
            memberId: link.member_id,
            personId: link.person_id,
            showedCode: showsCode(encryption, link, today()),
          },
          now,
        )
        await writeAudit(tx, {
          actor: caller,
          action: 'member.removed',
          objectKind: 'person',
          objectId: link.person_id,
          details: { memberId: link.member_id, accountId: link.account_id },
        })
        if (link.account_id !== caller.accountId)
          await writeNotice(tx, {
            accountId: link.account_id,
            kind: 'family_ended',
            details: { name: link.about_masked },
            at: now,
          })
        await wakeAccount(tx, link.account_id)
      })
      return null
    },
  }
}

export type LinkService = ReturnType<typeof createLinkService>
