import type { IdentityChangeEntry, IdentityChangeRequest } from '@jiankangbao/contracts/identity/schemas'
import { maskBirth, maskDocumentNumber, maskName, maskPhone } from '@jiankangbao/domain/identity/masks'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import type { ProposalState, Verdict } from '@jiankangbao/domain/vocabulary/approval'
import type { IdentityChangeKind } from '@jiankangbao/domain/vocabulary/people'
import { inTransaction, isUniqueViolation, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import {
  actsOn,
  requireOpen,
  requireWithdrawable,
  runsOutAt,
} from '../../approval/second-person/open-matter.ts'
import { decideAsSecond } from '../../approval/second-person/second-person.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { writeNotices } from '../../ledger/notice/notice.service.ts'
import { requireMovable } from '../account/moved-number.ts'
import { findPersonByDocument, findPersonDocument, type PersonDocument } from '../person/identity.queries.ts'
import { type Identity, parseIdentity } from '../person/identity.service.ts'
import * as queries from './change.queries.ts'
import { applyChange, readDocument } from './change-effects.ts'
import { findMatter } from './matter.queries.ts'

// A change of who is who:  open → approved | rejected | withdrawn | expired. Nobody makes two people one alone, nor one two.

/** What is asked for; a correction comes from the room of corrections, which has asked the authority. */
type ChangeBody = Omit<IdentityChangeRequest, 'kind'> & {
  kind: IdentityChangeKind
  /** Of a correction: the new number of the person's account, in E.164. */
  phone?: string | undefined
}

/** What a change is about, as the columns have it. */
type Subject = Pick<queries.NewChange, 'personId' | 'otherPersonId' | 'matterId' | 'absence' | 'document'>

/** Proposals about who is who, and their decisions. */
export const createIdentityChangeService = (
  parts: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption' | 'onKnownPerson' | 'onNumberMoved'>,
) => {
  const { pool, clock, config, encryption } = parts
  const today = (): string => shanghaiDayOf(clock().getTime())

  const toDocument = (changeId: string, encrypted: Buffer) => {
    const read = readDocument(encryption, changeId, encrypted)
    const { name, documentType, documentNumber, country, birthOn, phone } = read
    return {
      nameMasked: maskName(name),
      documentType,
      documentNumberMasked: maskDocumentNumber(documentNumber),
      ...(country ? { country } : {}),
      ...(birthOn ? { birthMasked: maskBirth(birthOn) } : {}),
      ...(phone ? { phoneMasked: maskPhone(phone) } : {}),
    }
  }

  const toEntry = (caller: OperatorCaller, row: queries.IdentityChangeRow): IdentityChangeEntry => ({
    changeId: row.change_id,
    kind: row.kind,
    ...(row.matter_id ? { matterId: row.matter_id } : {}),
    personId: row.person_id,
    nameMasked: row.name_masked,
    ...(row.other_person_id
      ? { otherPersonId: row.other_person_id, otherNameMasked: row.other_name_masked ?? '' }
      : {}),
    ...(row.absence ? { absence: row.absence } : {}),
    ...(row.document_encrypted ? { document: toDocument(row.change_id, row.document_encrypted) } : {}),
    ...(row.document_encrypted && row.state === 'open' ? { current: toCurrent(row) } : {}),
    reason: row.reason,
    state: row.state,
    alarms: row.alarms,
    proposedBy: row.proposer_name,
    proposedAt: row.proposed_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    ...(row.decider_name ? { decidedBy: row.decider_name } : {}),
    ...(row.decided_at ? { decidedAt: row.decided_at.toISOString() } : {}),
    ...(row.decision_reason ? { decisionReason: row.decision_reason } : {}),
    allowed: actsOn(caller, row),
  })

  /** Whoever has the person on their phone hears what became of it; before and after stand in their list. */
  const tellCorrected = async (
    tx: Transaction,
    row: queries.IdentityChangeRow,
    verdict: Verdict,
    at: Date,
  ): Promise<void> => {
    const { person_id: personId, name_masked: name } = row
    const kind = verdict === 'approve' ? 'data_corrected' : 'correction_refused'
    const accounts = await queries.listAccountsOfPerson(tx, personId)
    const notices = accounts.map((accountId) => ({ accountId, details: { name } }))
    await writeNotices(tx, kind, notices, at)
  }

  /** What stands before it is decided, masked as its person sees it. */
  const toCurrent = (row: queries.IdentityChangeRow) => {
    const birthOn =
      row.person_birth_on && encryption.decrypt(row.person_birth_on, inRow('persons.birth_on', row.person_id))
    const phoneMasked =
      row.person_phone && row.person_account_id
        ? encryption.show(row.person_phone, inRow('accounts.phone', row.person_account_id), maskPhone)
        : undefined
    return {
      nameMasked: row.name_masked,
      documentType: row.person_document_type,
      documentNumberMasked: encryption.show(
        row.person_document_number,
        inRow('persons.document_number', row.person_id),
        maskDocumentNumber,
      ),
      ...(birthOn ? { birthMasked: maskBirth(birthOn) } : {}),
      ...(phoneMasked ? { phoneMasked } : {}),
    }
  }

  const getEntry = async (caller: OperatorCaller, changeId: string): Promise<IdentityChangeEntry> => {
    const row = await queries.findChange(pool, clock(), changeId)
    if (!row) throw new AppError('NOT_FOUND')
    return toEntry(caller, row)
  }

  const audit = (
    tx: Transaction,
    caller: OperatorCaller,
    action: string,
    row: Pick<queries.IdentityChangeRow, 'change_id' | 'kind' | 'person_id' | 'other_person_id'>,
    more: { purpose: string; alarms?: readonly string[] },
  ) =>
    writeAudit(tx, {
      actor: caller,
      action,
      objectKind: 'identity_change',
      objectId: row.change_id,
      purpose: more.purpose,
      details: {
        kind: row.kind,
        personId: row.person_id,
        ...(row.other_person_id ? { otherPersonId: row.other_person_id } : {}),
        ...(more.alarms?.length ? { alarms: more.alarms } : {}),
      },
    })

  const requirePerson = async (tx: Transaction, field: string, personId: string | undefined) => {
    if (!personId) throw fieldError(field, 'required')
    const person = await findPersonDocument(tx, personId)
    if (!person) throw fieldError(field, 'not_found')
    return person
  }

  const readMatter = async (tx: Transaction, matterId: string): Promise<Subject> => {
    const matter = await findMatter(tx, matterId)
    if (!matter) throw fieldError('matterId', 'not_found')
    if (matter.state !== 'open') throw stateConflict('matter', 'closed')
    return {
      personId: matter.first_person_id,
      otherPersonId: matter.second_person_id,
      matterId,
      absence: null,
      document: null,
    }
  }

  // Two different resident numbers are two people, whoever says otherwise.
  const requireMayBeOne = async (tx: Transaction, { personId, otherPersonId }: Subject): Promise<void> => {
    const one = await requirePerson(tx, 'personId', personId)
    const other = await requirePerson(tx, 'otherPersonId', otherPersonId ?? undefined)
    if (personId === otherPersonId) throw fieldError('otherPersonId', 'same_person')
    if (one.document_type === 'resident_id' && other.document_type === 'resident_id')
      throw fieldError('otherPersonId', 'two_resident_numbers')
  }

  const nothing = { otherPersonId: null, matterId: null, absence: null, document: null }

  const readPair = async (tx: Transaction, body: ChangeBody): Promise<Subject> => {
    if (body.kind === 'keep_apart' && !body.matterId) throw fieldError('matterId', 'required')
    const subject = body.matterId
      ? await readMatter(tx, body.matterId)
      : { ...nothing, personId: body.personId ?? '', otherPersonId: body.otherPersonId ?? null }
    if (body.kind === 'merge') await requireMayBeOne(tx, subject)
    return subject
  }

  // A resident number never changes: what was written wrong beside it may be put right.
  const isSameNumber = (person: PersonDocument, { documentType, documentNumber }: Identity): boolean =>
    person.document_type === documentType &&
    encryption.decrypt(
      person.document_number_encrypted,
      inRow('persons.document_number', person.person_id),
    ) === documentNumber

  const readRenewal = async (tx: Transaction, personId: string, body: ChangeBody): Promise<string> => {
    const { document, kind, phone } = body
    const person = await requirePerson(tx, 'personId', personId)
    if (!document) throw fieldError('document', 'required')
    const isForLife = person.document_type === 'resident_id'
    if (isForLife && kind === 'renew') throw fieldError('document', 'number_is_for_life')
    const identity = parseIdentity(encryption, document, today(), { birthMayBeUnknown: true })
    if (isForLife && !isSameNumber(person, identity)) throw fieldError('document', 'number_is_for_life')
    const found = await findPersonByDocument(tx, identity.documentIndex)
    if (found && found.personId !== personId) throw stateConflict('document', 'registered')
    const { name, documentType, documentNumber, country, birthOn } = identity
    if (phone) await requireMovable(tx, encryption, { personId, phone })
    return JSON.stringify({ name, documentType, documentNumber, country, birthOn, phone })
  }

  const readSubject = async (tx: Transaction, body: ChangeBody): Promise<Subject> => {
    if (body.kind === 'merge' || body.kind === 'keep_apart') return readPair(tx, body)
    await requirePerson(tx, 'personId', body.personId)
    const subject = { ...nothing, personId: body.personId ?? '' }
    if (body.kind === 'renew' || body.kind === 'correct')
      return { ...subject, document: await readRenewal(tx, subject.personId, body) }
    if (body.kind !== 'set_absence') return subject
    if (!body.absence) throw fieldError('absence', 'required')
    return { ...subject, absence: body.absence }
  }

  const isRepeat = (caller: OperatorCaller, before: queries.IdentityChangeRow, body: ChangeBody) =>
    before.proposed_by === caller.operatorId &&
    before.kind === body.kind &&
    before.reason === body.reason &&
    (body.matterId ?? before.matter_id) === before.matter_id &&
    (body.personId ?? before.person_id) === before.person_id

  const hold = async (tx: Transaction, changeId: string): Promise<queries.IdentityChangeRow> => {
    const row = await queries.lockChange(tx, clock(), changeId)
    if (!row) throw new AppError('NOT_FOUND')
    return row
  }

  return {
    toEntry,

    /**
     * @param onMade in the same transaction, where it was made just now
     * @throws AppError VALIDATION_FAILED (also two resident numbers, and a document whose number never changes),
     * REQUEST_ID_REUSED, STATE_CONFLICT (another change of this person is open, the matter is closed, the document is
     * somebody's)
     */
    proposeIdentityChange: async (
      caller: OperatorCaller,
      body: ChangeBody,
      onMade?: (tx: Transaction, changeId: string) => Promise<void>,
    ): Promise<IdentityChangeEntry> => {
      const now = clock()
      const expiresAt = runsOutAt(config, now)
      try {
        const changeId = await inTransaction(pool, async (tx) => {
          const before = await queries.findChangeOfRequest(tx, now, body.requestId)
          if (before) {
            if (!isRepeat(caller, before, body)) throw new AppError('REQUEST_ID_REUSED')
            return before.change_id
          }
          const subject = await readSubject(tx, body)
          await queries.expireOverdue(tx, subject.personId, now)
          const id = await queries.insertChange(tx, encryption, {
            ...subject,
            ...{ kind: body.kind, reason: body.reason, requestId: body.requestId },
            ...{ proposedBy: caller.operatorId, proposedAt: now, expiresAt },
          })
          if (!id) throw new AppError('BUSY', { retryAfterSeconds: 1 })
          const made = {
            change_id: id,
            kind: body.kind,
            person_id: subject.personId,
            other_person_id: subject.otherPersonId,
          }
          await audit(tx, caller, 'identity_change.proposed', made, { purpose: body.reason })
          await onMade?.(tx, id)
          return id
        })
        return await getEntry(caller, changeId)
      } catch (error) {
        if (isUniqueViolation(error, 'identity_changes_open')) throw stateConflict('personId', 'change_open')
        throw error
      }
    },

    listIdentityChanges: async (
      caller: OperatorCaller,
      query: {
        cursor?: string | undefined
        limit?: number | undefined
        state?: ProposalState | undefined
        personId?: string | undefined
      },
    ) => {
      const limit = query.limit ?? 20
      const { state, personId } = query
      const beforeId = readIdCursor(query.cursor)
      const rows = await queries.listChanges(pool, clock(), { state, personId, beforeId, limit: limit + 1 })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        changes: page.map((row) => toEntry(caller, row)),
        ...(rows.length > limit && last ? { nextCursor: last.change_id } : {}),
      }
    },

    /**
     * @throws AppError OWN_PROPOSAL, FORBIDDEN (account_new, made_by_decider, shared_browser), STATE_CONFLICT (decided
     * already, it ran out, or what it is about changed meanwhile)
     */
    decideIdentityChange: async (
      caller: OperatorCaller,
      changeId: string,
      { verdict, reason }: { verdict: Verdict; reason: string },
    ): Promise<IdentityChangeEntry> => {
      const now = clock()
      await inTransaction(pool, async (tx) => {
        const row = await hold(tx, changeId)
        requireOpen(row)
        const matter = {
          about: `identity_change:${changeId}`,
          writers: [row.proposed_by],
          weighty: true,
          now,
        }
        const alarms = await decideAsSecond(tx, config, caller, matter)
        if (verdict === 'approve') await applyChange(tx, parts, row, { todayOn: today(), now })
        const state = verdict === 'approve' ? 'approved' : 'rejected'
        await queries.closeChange(tx, changeId, {
          state,
          decidedBy: caller.operatorId,
          at: now,
          reason,
          alarms,
        })
        await audit(tx, caller, `identity_change.${state}`, row, { purpose: reason, alarms })
        if (row.kind === 'correct') await tellCorrected(tx, row, verdict, now)
      })
      return getEntry(caller, changeId)
    },

    /** @throws AppError FORBIDDEN (somebody else's), STATE_CONFLICT */
    withdrawIdentityChange: async (
      caller: OperatorCaller,
      changeId: string,
      reason: string,
    ): Promise<IdentityChangeEntry> => {
      await inTransaction(pool, async (tx) => {
        const row = await hold(tx, changeId)
        requireWithdrawable(caller, row)
        const end = { state: 'withdrawn', decidedBy: null, at: clock(), reason, alarms: [] } as const
        await queries.closeChange(tx, changeId, end)
        await audit(tx, caller, 'identity_change.withdrawn', row, { purpose: reason })
      })
      return getEntry(caller, changeId)
    },
  }
}

export type IdentityChangeService = ReturnType<typeof createIdentityChangeService>
