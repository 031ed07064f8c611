import { randomUUID } from 'node:crypto'
import type { TakeOverEntry, TakeOverFile } from '@jiankangbao/contracts/take-over/schemas'
import { maskDocumentNumber, maskPhone } from '@jiankangbao/domain/identity/masks'
import type { TakeOverVerdict } from '@jiankangbao/domain/vocabulary/people'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { wakeAccount, writeNotice } from '../../ledger/notice/notice.service.ts'
import { type AccountService, endAllSessions } from '../account/account.service.ts'
import { holdPerson, releasePerson } from '../account/holder.queries.ts'
import { moveMembers } from '../member/membership.queries.ts'
import { lockAccounts } from '../person/identity.queries.ts'
import { findSide } from '../same-person/side.queries.ts'
import * as queries from './take-over.queries.ts'

export type TakeOverParts = Pick<
  Parts,
  'pool' | 'clock' | 'config' | 'encryption' | 'codeHolding' | 'ports' | 'log'
> & {
  accounts: Pick<AccountService, 'forgetSessions'>
}

const toEntry = (row: queries.TakeOverRow): TakeOverEntry => ({
  takeOverId: row.take_over_id,
  takenAt: row.taken_at.toISOString(),
  objectedAt: (row.objected_at ?? row.taken_at).toISOString(),
  dueAt: (row.due_at ?? row.object_until).toISOString(),
})

/** The desk of objections: an office says on which phone an identity is. The colour is nobody's matter here. */
export const createTakeOverDeskService = (parts: TakeOverParts) => {
  const { pool, clock, config, encryption, codeHolding, ports, log, accounts } = parts

  const phoneOf = (row: queries.AccountPhoneRow | undefined): string | undefined =>
    row && !row.number_left_at
      ? encryption.decrypt(row.phone_encrypted, inRow('accounts.phone', row.account_id))
      : undefined
  const maskedPhoneOf = (row: queries.AccountPhoneRow | undefined): string | undefined =>
    row && !row.number_left_at
      ? encryption.show(row.phone_encrypted, inRow('accounts.phone', row.account_id), maskPhone)
      : undefined

  const hold = async (tx: Transaction, takeOverId: string): Promise<queries.TakeOverRow> => {
    const row = await queries.lockTakeOver(tx, takeOverId)
    if (!row || row.state === 'moved') throw new AppError('NOT_FOUND')
    if (row.state !== 'objected') throw stateConflict('takeOver', 'decided')
    return row
  }

  /** Back on the old phone. Whoever signed in there meanwhile did so with an SMS code alone, and signs in anew. */
  const giveBack = async (tx: Transaction, row: queries.TakeOverRow, now: Date): Promise<string[]> => {
    const { own, holder } = await lockAccounts(tx, row.from_account_id, row.person_id)
    const ended: string[] = []
    if (holder && holder.account_id !== own.account_id) {
      await releasePerson(tx, holder.account_id)
      ended.push(...(await endAllSessions(tx, holder.account_id, 'identity_taken_over', now)))
    }
    // Somebody else is there by now: the person comes back by their face, on any phone.
    if (own.person_id !== null || own.number_left_at) return ended
    if (holder) await moveMembers(tx, holder.account_id, own.account_id, now)
    const consent = row.consent_version ?? config.consentVersion
    await holdPerson(tx, own.account_id, row.person_id, consent, now)
    ended.push(...(await endAllSessions(tx, own.account_id, 'identity_taken_over', now)))
    return ended
  }

  // Best effort: the notices are there in any case.
  const text = (phone: string | undefined, place: string, words: string): void => {
    if (phone === undefined) return
    const messageId = randomUUID()
    ports.sms
      .send({
        messageId,
        phone,
        text: `【${config.city.nameZh}健康宝】${words}`,
        template: 'objection_decided',
        values: { place, hotline: config.city.hotline },
      })
      .catch((error: unknown) => log.warn({ err: error, messageId }, 'phone of an objection not told'))
  }

  const tellPhones = async (row: queries.TakeOverRow, verdict: TakeOverVerdict): Promise<void> => {
    const both = await queries.listAccounts(pool, [row.from_account_id, row.to_account_id])
    const phone = (accountId: string) => phoneOf(both.find(({ account_id }) => account_id === accountId))
    const place = verdict === 'keep' ? '仍在新手机上' : '已退回原手机，请重新登录'
    text(
      phone(row.from_account_id),
      place,
      `社区已核实您的异议：身份${place}。如有疑问请拨打 ${config.city.hotline}。`,
    )
    text(
      phone(row.to_account_id),
      place,
      `社区已核实原手机的异议：身份${place}。如有疑问请拨打 ${config.city.hotline}。`,
    )
  }

  return {
    /** No names: whoever wants to see whom it is about opens one, with a purpose. */
    listTakeOvers: async () => ({
      takeOvers: (await queries.listObjected(pool)).map(toEntry),
      serverTime: clock().toISOString(),
    }),

    /** A look-up of the person. @throws AppError NOT_FOUND, STATE_CONFLICT (decided), TOO_MANY_REQUESTS */
    openTakeOver: async (
      caller: OperatorCaller,
      takeOverId: string,
      purpose: string,
    ): Promise<TakeOverFile> => {
      const { personFilesPerOperatorPerHour } = config.limits
      await takeFromLimit(pool, `person-file:${caller.operatorId}`, personFilesPerOperatorPerHour, 3600)
      return inTransaction(pool, async (tx) => {
        const row = await hold(tx, takeOverId)
        const side = await findSide(tx, row.person_id)
        if (!side) throw new AppError('NOT_FOUND')
        const { operatorId, organisation } = caller
        await insertLookups(tx, {
          ...{ personIds: [row.person_id], at: clock(), means: 'console_view', purpose },
          ...{ operatorId, organisation },
        })
        await writeAudit(tx, {
          actor: caller,
          action: 'take_over.opened_by_operator',
          objectKind: 'person',
          objectId: row.person_id,
          purpose,
          details: { takeOverId },
        })
        const both = await queries.listAccounts(tx, [row.from_account_id, row.to_account_id])
        const [oldPhoneMasked, newPhoneMasked] = [row.from_account_id, row.to_account_id].map((accountId) =>
          maskedPhoneOf(both.find(({ account_id }) => account_id === accountId)),
        )
        return {
          entry: toEntry(row),
          nameMasked: side.name_masked,
          documentType: side.document_type,
          documentNumberMasked: encryption.show(
            side.document_number_encrypted,
            inRow('persons.document_number', row.person_id),
            maskDocumentNumber,
          ),
          ...(oldPhoneMasked ? { oldPhoneMasked } : {}),
          ...(newPhoneMasked ? { newPhoneMasked } : {}),
        }
      })
    },

    /**
     * The live code goes on, on the phone that it belongs to; both phones are told.
     * @throws AppError NOT_FOUND, STATE_CONFLICT (decided already).
     */
    decideTakeOver: async (
      caller: OperatorCaller,
      takeOverId: string,
      { verdict, reason }: { verdict: TakeOverVerdict; reason: string },
    ): Promise<null> => {
      const { row, ended } = await inTransaction(pool, async (tx) => {
        const now = clock()
        const row = await hold(tx, takeOverId)
        const ended = verdict === 'return' ? await giveBack(tx, row, now) : []
        const state = verdict === 'return' ? 'returned' : 'kept'
        await queries.setDecided(tx, takeOverId, { state, at: now, by: caller.operatorId, reason })
        await codeHolding.release(tx, row.person_id, now)
        for (const accountId of [row.from_account_id, row.to_account_id]) {
          await writeNotice(tx, { accountId, kind: `take_over_${state}`, at: now })
          await wakeAccount(tx, accountId)
        }
        await writeAudit(tx, {
          actor: caller,
          action: `take_over.${state}`,
          objectKind: 'person',
          objectId: row.person_id,
          purpose: reason,
          details: { takeOverId, fromAccountId: row.from_account_id, toAccountId: row.to_account_id },
        })
        return { row, ended }
      })
      accounts.forgetSessions(ended)
      await tellPhones(row, verdict)
      return null
    },
  }
}
