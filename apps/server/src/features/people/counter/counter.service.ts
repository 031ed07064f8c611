import { randomUUID } from 'node:crypto'
import type {
  CounterActEntry,
  CounterActOpened,
  CounterActRequest,
} from '@jiankangbao/contracts/counter/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { mayBeSameName } from '@jiankangbao/domain/identity/same-person'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import type { Verdict } from '@jiankangbao/domain/vocabulary/approval'
import type { AuthorityAnswer } from '@jiankangbao/domain/vocabulary/people'
import { inTransaction, isUniqueViolation, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readCursor, toPage, toPageQuery } from '../../../http/paging.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
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
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { findAccountOf } from '../account/holder.queries.ts'
import { findKnownPerson, type Identity, type IdentityBody } from '../person/identity.service.ts'
import * as queries from './counter.queries.ts'
import { applyAct } from './counter-effects.ts'
import { askAuthority, readPart, requireElder, requireGuardian } from './counter-identity.ts'

// An act of the counter:  open → approved | rejected | withdrawn | expired. One operator sees the documents, another one decides.

/** What the person reads of a look-up at the counter. */
const PURPOSE = '窗口办理登记'

type Born = Identity & { birthOn: string }

interface Form {
  identity: Born
  guardian: (Born & { relation: string }) | undefined
  holder: Born | undefined
}

const toBody = ({ name, documentType, documentNumber, country, birthOn }: Identity): IdentityBody => ({
  ...{ name, documentType, documentNumber },
  ...(country ? { country } : {}),
  ...(birthOn ? { birthOn } : {}),
})

/** Whether a paper code may be printed: of somebody whom an office registered and who has no phone. */
export const isPrintable = (row: queries.CounterActRow): boolean =>
  row.state === 'approved' && row.kind === 'register' && !row.has_account

const toEntry = (caller: OperatorCaller, row: queries.CounterActRow): CounterActEntry => ({
  ...{ actId: row.act_id, kind: row.kind, cause: row.cause },
  ...{ nameMasked: row.name_masked, documentType: row.document_type },
  ...{ seen: row.seen, evidence: row.evidence, authority: row.authority },
  guarded: row.guardian_encrypted !== null,
  ...(row.holder_name_masked ? { holderNameMasked: row.holder_name_masked } : {}),
  ...(row.relation ? { relation: row.relation } : {}),
  ...(row.person_id ? { personId: row.person_id } : {}),
  doubted: row.doubted,
  printable: isPrintable(row),
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

/** The counter of an office. */
export const createCounterService = (
  parts: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption' | 'ports' | 'log' | 'onKnownPerson'>,
) => {
  const { pool, clock, config, encryption } = parts

  const readForm = (body: CounterActRequest): Form => {
    const todayOn = shanghaiDayOf(clock().getTime())
    const identity = readPart(encryption, 'identity', body.identity, todayOn)
    if (body.kind === 'family') {
      if (!body.holder) throw fieldError('holder.name', 'required')
      if (!body.relation) throw fieldError('relation', 'required')
      const holder = readPart(encryption, 'holder', body.holder, todayOn)
      requireElder(identity, holder, body.relation, todayOn)
      return { identity, guardian: undefined, holder }
    }
    const read = body.guardian && readPart(encryption, 'guardian', body.guardian, todayOn)
    requireGuardian(identity.birthOn, read, todayOn)
    const guardian = read && body.guardian && { ...read, relation: body.guardian.relation }
    return { identity, guardian, holder: undefined }
  }

  // What the authority does not know is a document that it can not check, and has to be called so.
  const ask = async (body: CounterActRequest, form: Form): Promise<AuthorityAnswer> => {
    const answer = await askAuthority(parts, 'identity', form.identity)
    if (answer === 'unknown' && body.cause === 'no_phone') throw fieldError('cause', 'authority_unknown')
    if (form.guardian) await askAuthority(parts, 'guardian', form.guardian)
    if (form.holder) await askAuthority(parts, 'holder', form.holder)
    return answer
  }

  const noteLookup = (tx: Transaction, { operatorId, organisation }: OperatorCaller, personId: string) =>
    insertLookups(tx, {
      ...{ personIds: [personId], at: clock(), means: 'console_search' as const, purpose: PURPOSE },
      ...{ operatorId, organisation },
    })

  const audit = (
    tx: Transaction,
    caller: OperatorCaller,
    action: string,
    actId: string,
    purpose: string,
    details: Record<string, unknown> = {},
  ) =>
    writeAudit(tx, {
      ...{ actor: caller, action, objectKind: 'counter_act', objectId: actId, purpose, details },
    })

  const isNamed = (
    { personId, nameEncrypted }: { personId: string; nameEncrypted: Buffer },
    identity: Identity,
  ): boolean =>
    mayBeSameName(encryption.decrypt(nameEncrypted, inRow('persons.name', personId)), identity.name)

  /** Who is known by this document; what was found out stands in their look-ups, whatever follows. */
  const findKnown = async (
    caller: OperatorCaller,
    identity: Identity,
    field: 'identity' | 'holder',
  ): Promise<{ personId: string; accountId: string | undefined } | undefined> => {
    const known = await inTransaction(pool, async (tx) => {
      const found = await findKnownPerson(tx, encryption, identity)
      if (found) await noteLookup(tx, caller, found.personId)
      return found && { ...found, accountId: await findAccountOf(tx, found.personId) }
    })
    // A number that was misread must not open somebody else's record.
    if (known && !isNamed(known, identity)) throw fieldError(`${field}.name`, 'differs')
    return known && { personId: known.personId, accountId: known.accountId }
  }

  const isRepeat = (
    caller: OperatorCaller,
    before: queries.CounterActRow,
    body: CounterActRequest,
    form: Form,
  ) =>
    before.proposed_by === caller.operatorId &&
    before.kind === body.kind &&
    before.cause === body.cause &&
    before.seen === body.seen &&
    before.evidence === body.evidence &&
    before.document_index.equals(form.identity.documentIndex) &&
    (before.relation ?? undefined) === body.relation

  // The answer of the same request, for a client that never saw it.
  const findFirstAnswer = async (
    caller: OperatorCaller,
    body: CounterActRequest,
    form: Form,
  ): Promise<CounterActEntry | undefined> => {
    const before = await queries.findActOfRequest(pool, clock(), body.requestId)
    if (before && !isRepeat(caller, before, body, form)) throw new AppError('REQUEST_ID_REUSED')
    return before && toEntry(caller, before)
  }

  const findParties = async (
    caller: OperatorCaller,
    form: Form,
  ): Promise<{ knownId: string | null; holderId: string | null }> => {
    const known = await findKnown(caller, form.identity, 'identity')
    if (!form.holder) {
      if (known?.accountId) throw stateConflict('document', 'has_phone')
      return { knownId: known?.personId ?? null, holderId: null }
    }
    const holder = await findKnown(caller, form.holder, 'holder')
    if (!holder?.accountId) throw fieldError('holder.documentNumber', 'no_account')
    return { knownId: known?.personId ?? null, holderId: holder.personId }
  }

  const getEntry = async (caller: OperatorCaller, actId: string): Promise<CounterActEntry> => {
    const row = await queries.findAct(pool, clock(), divisionPrefix(caller.divisionCode), actId)
    if (!row) throw new AppError('NOT_FOUND')
    return toEntry(caller, row)
  }

  const hold = async (
    tx: Transaction,
    caller: OperatorCaller,
    actId: string,
  ): Promise<queries.CounterActRow> => {
    const row = await queries.lockAct(tx, clock(), divisionPrefix(caller.divisionCode), actId)
    if (!row) throw new AppError('NOT_FOUND')
    requireOpen(row)
    return row
  }

  const insert = async (
    caller: OperatorCaller,
    body: CounterActRequest,
    form: Form,
    more: { authority: AuthorityAnswer; holderId: string | null; knownId: string | null },
  ): Promise<string> => {
    const { identity, guardian } = form
    const actId = randomUUID()
    const now = clock()
    const sealed = (value: object, field: 'counter_acts.identity' | 'counter_acts.guardian') =>
      encryption.encrypt(JSON.stringify(value), inRow(field, actId))
    await inTransaction(pool, async (tx) => {
      await queries.expireActsOf(tx, identity.documentIndex, now)
      await queries.insertAct(tx, {
        ...{ act_id: actId, kind: body.kind, cause: body.cause, seen: body.seen, evidence: body.evidence },
        ...{ authority: more.authority, holder_person_id: more.holderId, person_id: more.knownId },
        ...{ document_index: identity.documentIndex, document_type: identity.documentType },
        name_masked: identity.nameMasked,
        identity_encrypted: sealed(toBody(identity), 'counter_acts.identity'),
        guardian_encrypted: guardian
          ? sealed({ ...toBody(guardian), relation: guardian.relation }, 'counter_acts.guardian')
          : null,
        ...{ relation: body.relation ?? null, division_code: caller.divisionCode },
        ...{ proposed_by: caller.operatorId, proposed_at: now, request_id: body.requestId },
        expires_at: runsOutAt(config, now),
      })
      const { authority } = more
      await audit(tx, caller, 'counter_act.proposed', actId, body.evidence, { kind: body.kind, authority })
    })
    return actId
  }

  return {
    /** Everything masked; whoever has to compare opens one, with a purpose. */
    listCounterActs: async (caller: OperatorCaller, query: Call<'listCounterActs'>['query']) => {
      const { cursor, limit } = toPageQuery(query)
      const rows = await queries.listActs(pool, clock(), {
        prefix: divisionPrefix(caller.divisionCode),
        state: query.state,
        after: readCursor(cursor, 'uuid'),
        limit: limit + 1,
      })
      const page = toPage(rows, limit, (row) => ({ at: row.proposed_at.toISOString(), id: row.act_id }))
      return { acts: page.items.map((row) => toEntry(caller, row)), ...page.nextCursor }
    },

    /**
     * @throws AppError VALIDATION_FAILED (also: the authority knows the number under another name, ages that cannot be, a
     * child without a guardian, a holder without an account), STATE_CONFLICT (`document`: `has_phone`, `act_open`),
     * REQUEST_ID_REUSED, TOO_MANY_REQUESTS
     */
    proposeCounterAct: async (caller: OperatorCaller, body: CounterActRequest): Promise<CounterActEntry> => {
      const form = readForm(body)
      const before = await findFirstAnswer(caller, body, form)
      if (before) return before
      const { personSearchesPerOperatorPerHour } = config.limits
      await takeFromLimit(pool, `counter:${caller.operatorId}`, personSearchesPerOperatorPerHour, 3600)
      const authority = await ask(body, form)
      const parties = await findParties(caller, form)
      try {
        return await getEntry(caller, await insert(caller, body, form, { authority, ...parties }))
      } catch (error) {
        if (
          isUniqueViolation(error, 'counter_acts_open') ||
          isUniqueViolation(error, 'counter_acts_request_id_key')
        ) {
          const first = await findFirstAnswer(caller, body, form)
          if (first) return first
          throw stateConflict('document', 'act_open')
        }
        throw error
      }
    },

    /** Name and numbers in full, to compare with what lies on the counter. @throws AppError NOT_FOUND, STATE_CONFLICT, TOO_MANY_REQUESTS */
    openCounterAct: async (
      caller: OperatorCaller,
      actId: string,
      purpose: string,
    ): Promise<CounterActOpened> => {
      const { personSearchesPerOperatorPerHour } = config.limits
      await takeFromLimit(pool, `unmask:${caller.operatorId}`, personSearchesPerOperatorPerHour, 3600)
      return inTransaction(pool, async (tx) => {
        const row = await hold(tx, caller, actId)
        if (row.person_id) {
          const { operatorId, organisation } = caller
          const personIds = [row.person_id]
          await insertLookups(tx, {
            ...{ personIds, at: clock(), means: 'unmasking', purpose },
            ...{ operatorId, organisation },
          })
        }
        await audit(tx, caller, 'counter_act.opened', actId, purpose)
        const read = (encrypted: Buffer, field: 'counter_acts.identity' | 'counter_acts.guardian') =>
          JSON.parse(encryption.decrypt(encrypted, inRow(field, actId)))
        return {
          identity: read(row.identity_encrypted ?? Buffer.alloc(0), 'counter_acts.identity'),
          ...(row.guardian_encrypted
            ? { guardian: read(row.guardian_encrypted, 'counter_acts.guardian') }
            : {}),
        }
      })
    },

    /**
     * @throws AppError NOT_FOUND, OWN_PROPOSAL, FORBIDDEN (account_new, made_by_decider, shared_browser), STATE_CONFLICT
     * (decided already, ran out, somebody has a phone by now), MEMBER_EXISTS, MEMBER_LIMIT_REACHED
     */
    decideCounterAct: async (
      caller: OperatorCaller,
      actId: string,
      { verdict, reason }: { verdict: Verdict; reason: string },
    ): Promise<CounterActEntry> => {
      const now = clock()
      await inTransaction(pool, async (tx) => {
        const row = await hold(tx, caller, actId)
        const matter = { about: `counter_act:${actId}`, writers: [row.proposed_by], weighty: true, now }
        const alarms = await decideAsSecond(tx, config, caller, matter)
        const personId = verdict === 'approve' ? await applyAct(tx, parts, caller, row, now) : row.person_id
        const state = verdict === 'approve' ? 'approved' : 'rejected'
        const end = { state, personId, decidedBy: caller.operatorId, at: now, reason, alarms } as const
        await queries.closeAct(tx, actId, end)
        await audit(tx, caller, `counter_act.${state}`, actId, reason, {
          ...(personId ? { personId } : {}),
          ...(alarms.length > 0 ? { alarms } : {}),
        })
      })
      return getEntry(caller, actId)
    },

    /** @throws AppError NOT_FOUND, FORBIDDEN (somebody else's), STATE_CONFLICT */
    withdrawCounterAct: async (
      caller: OperatorCaller,
      actId: string,
      reason: string,
    ): Promise<CounterActEntry> => {
      await inTransaction(pool, async (tx) => {
        const row = await hold(tx, caller, actId)
        requireWithdrawable(caller, row)
        const end = { state: 'withdrawn', decidedBy: null, at: clock(), reason, alarms: [] } as const
        await queries.closeAct(tx, actId, { ...end, personId: row.person_id })
        await audit(tx, caller, 'counter_act.withdrawn', actId, reason)
      })
      return getEntry(caller, actId)
    },
  }
}
