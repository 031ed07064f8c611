import type { DocumentType } from '@jiankangbao/contracts/atoms'
import type {
  Person,
  PersonEntry,
  PersonFinding,
  PersonUnmasked,
} from '@jiankangbao/contracts/person-file/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { maskDocumentNumber, maskPhone } from '@jiankangbao/domain/identity/masks'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { documentKey } from '../../../keys/field-encryption.ts'
import type { Parts } from '../../../parts.ts'
import { listOneHuman, loadStandings } from '../../colours/facts/standing.queries.ts'
import { readReasons } from '../../colours/status/reasons.ts'
import { writeAudit, writeAuditOfEach } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { countLookups } from '../../ledger/lookup/lookup-count.queries.ts'
import { grantPaperCode } from '../person/identity.queries.ts'
import { createOutsideRule, type OutsideGiven, outsideNeedsReason } from './outside.service.ts'
import * as queries from './person-file.queries.ts'

interface Search extends OutsideGiven {
  document?: { type: DocumentType; number: string; country?: string | undefined } | undefined
  phone?: string | undefined
  purpose: string
}

type Asked = OutsideGiven & { purpose: string }
interface Looking {
  means: 'console_search' | 'console_view' | 'unmasking'
  purpose: string
}

/** Whom and what place a finding hangs on. */
const toTies = (row: queries.FindingRow): Pick<PersonFinding, 'contact' | 'zone'> => ({
  ...(row.contact_person_id
    ? {
        contact: {
          personId: row.contact_person_id,
          nameMasked: row.contact_name ?? '',
          ...(row.contact_positive_at ? { positiveAt: row.contact_positive_at.toISOString() } : {}),
        },
      }
    : {}),
  ...(row.zone_name ? { zone: row.zone_name } : {}),
})

/**
 * A list that names persons searched for them: logged and shown to each like a search, in the transaction that reads. Once
 * for a list, also where its check was begun anew; the caller holds the list.
 */
export const tellSearches = async (
  tx: Transaction,
  search: { importId: string; operatorId: string; personIds: string[]; purpose: string; at: Date },
): Promise<void> => {
  if (search.personIds.length === 0) return
  const told = await queries.findSearchedByList(tx, search.importId, search.personIds)
  const personIds = search.personIds.filter((personId) => !told.has(personId))
  await insertLookups(tx, { ...search, personIds, means: 'console_search' })
  await writeAuditOfEach(
    tx,
    {
      actor: { kind: 'operator', operatorId: search.operatorId },
      action: 'person.console_search',
      objectKind: 'person',
      purpose: search.purpose,
      details: { importId: search.importId },
    },
    personIds.map((personId) => ({ objectId: personId })),
  )
}

/** Looking people up in the console: exact match only, never without a purpose, always logged and shown to the person. */
export const createPersonFileService = ({
  pool,
  clock,
  config,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption'>) => {
  const outside = createOutsideRule({ clock, config })
  const numberOf = (row: queries.PersonRow, as?: (plain: string) => string) =>
    encryption.show(row.document_number_encrypted, inRow('persons.document_number', row.person_id), as)
  const phoneOf = (row: queries.PersonRow, as?: (plain: string) => string) =>
    row.phone_encrypted && row.account_id
      ? encryption.show(row.phone_encrypted, inRow('accounts.phone', row.account_id), as)
      : undefined

  const toMasked = (row: queries.PersonRow) => {
    const phoneMasked = phoneOf(row, maskPhone)
    return {
      personId: row.person_id,
      nameMasked: row.name_masked,
      documentType: row.document_type,
      documentNumberMasked: numberOf(row, maskDocumentNumber),
      ...(phoneMasked ? { phoneMasked } : {}),
      colour: numberToColour(row.colour),
    }
  }

  // Log, look-up and audit entry stand in the same transaction as the read: nobody reads without leaving them.
  const logLookup = async (
    tx: Transaction,
    caller: OperatorCaller,
    personId: string,
    { means, purpose }: Looking,
    details: Record<string, string>,
  ): Promise<void> => {
    await insertLookups(tx, {
      personIds: [personId],
      at: clock(),
      means,
      purpose,
      operatorId: caller.operatorId,
      organisation: caller.organisation,
    })
    await writeAudit(tx, {
      actor: caller,
      action: `person.${means}`,
      objectKind: 'person',
      objectId: personId,
      purpose,
      details,
    })
  }

  /** Whom nobody has: walking through numbers is counted like finding somebody. */
  const noteMiss = async (
    tx: Transaction,
    caller: OperatorCaller,
    purpose: string,
    by: 'document' | 'phone' | 'id',
  ): Promise<void> => {
    await countLookups(tx, { operatorId: caller.operatorId, at: clock(), missed: 1 })
    await writeAudit(tx, {
      actor: caller,
      action: 'person.not_found',
      objectKind: 'person',
      purpose,
      details: { by },
    })
  }

  /**
   * Reads about one person. What was refused or not there is on record as well, so it is told after the commit.
   * @throws AppError OUT_OF_DIVISION, and whatever `missing` gives where there is nobody
   */
  const look = async <Answer>(
    caller: OperatorCaller,
    looking: Looking & OutsideGiven & { by: 'document' | 'phone' | 'id' },
    find: (tx: Transaction) => Promise<queries.PersonRow | undefined>,
    read: (tx: Transaction, row: queries.PersonRow) => Promise<Answer>,
    missing: () => Answer,
  ): Promise<Answer> => {
    const done = await inTransaction(pool, async (tx) => {
      const row = await find(tx)
      if (!row) {
        await noteMiss(tx, caller, looking.purpose, looking.by)
        return 'missing'
      }
      const person = {
        personId: row.person_id,
        documentType: row.document_type,
        documentNumber: numberOf(row),
      }
      const details = await outside.admit(tx, caller, person, looking)
      if (!details) {
        await outside.noteRefusal(tx, caller, person, looking.purpose)
        return 'refused'
      }
      await logLookup(tx, caller, row.person_id, looking, details)
      return { answer: await read(tx, row) }
    })
    if (done === 'refused') throw outsideNeedsReason()
    return done === 'missing' ? missing() : done.answer
  }
  const nobody = (): never => {
    throw new AppError('NOT_FOUND')
  }

  const findBy = (tx: Transaction, search: Search): Promise<queries.PersonRow | undefined> => {
    if (search.document) {
      const { type, number, country } = search.document
      const parsed = parseDocumentNumber(type, number, { todayOn: shanghaiDayOf(clock().getTime()) })
      if (!parsed.ok) throw fieldError('document.number', parsed.reason)
      return queries.findPersonByDocument(
        tx,
        encryption.blindIndex('document', documentKey(parsed.type, parsed.number, country)),
      )
    }
    const parsed = parsePhone(search.phone ?? '')
    if (!parsed.ok) throw fieldError('phone', parsed.reason)
    return queries.findPersonByPhone(tx, encryption.blindIndex('phone', parsed.phone))
  }

  return {
    /** At most one person: exact document or phone. What was not found is audited too, without the number. */
    searchPerson: async (caller: OperatorCaller, search: Search): Promise<{ persons: PersonEntry[] }> => {
      if ((search.document === undefined) === (search.phone === undefined))
        throw fieldError('document', 'one_of_document_phone')
      await takeFromLimit(
        pool,
        `person-search:${caller.operatorId}`,
        config.limits.personSearchesPerOperatorPerHour,
        3600,
      )
      return look<{ persons: PersonEntry[] }>(
        caller,
        { ...search, means: 'console_search', by: search.document ? 'document' : 'phone' },
        (tx) => findBy(tx, search),
        async (_, row) => ({ persons: [toMasked(row)] }),
        () => ({ persons: [] }),
      )
    },

    /** The masked file of a person: colour with reasons, findings, history. Opening it is a look-up of its own. */
    getPerson: async (caller: OperatorCaller, personId: string, asked: Asked): Promise<Person> => {
      const { personFilesPerOperatorPerHour } = config.limits
      await takeFromLimit(pool, `person-file:${caller.operatorId}`, personFilesPerOperatorPerHour, 3600)
      const read = async (tx: Transaction, row: queries.PersonRow): Promise<Person> => {
        const human = await listOneHuman(tx, personId)
        const findings = await queries.listFindings(tx, human)
        const oneWith = await queries.listDocumentsOf(tx, human.slice(1))
        const [standing] = await loadStandings(tx, [personId])
        const changes = await queries.listChanges(tx, personId)
        return {
          ...toMasked(row),
          ...(standing?.absence ? { absence: standing.absence } : {}),
          oneWith: oneWith.map((each) => ({
            ...{ personId: each.person_id, nameMasked: each.name_masked, documentType: each.document_type },
          })),
          registeredAt: row.registered_at.toISOString(),
          reasons: readReasons(row.reasons, clock()),
          ...(row.evaluated_at ? { evaluatedAt: row.evaluated_at.toISOString() } : {}),
          ...(row.next_change_at ? { nextChangeAt: row.next_change_at.toISOString() } : {}),
          findings: findings.map((finding) => ({
            findingId: finding.finding_id,
            category: finding.category,
            anchorAt: finding.anchor_at.toISOString(),
            ...(finding.ended_at ? { endedAt: finding.ended_at.toISOString() } : {}),
            ...(finding.end_evidence ? { endEvidence: finding.end_evidence } : {}),
            ...toTies(finding),
            evidence: finding.evidence,
            source: finding.source,
            state: finding.withdrawn_at ? ('withdrawn' as const) : ('active' as const),
            enteredBy: finding.entered_by ?? '',
            approvedBy: finding.approved_by ?? '',
            approvedAt: finding.created_at.toISOString(),
          })),
          changes: changes.map((change) => ({
            at: change.changed_at.toISOString(),
            ...(change.from_colour === null ? {} : { from: numberToColour(change.from_colour) }),
            to: numberToColour(change.to_colour),
            cause: change.cause,
            categories: change.reasons.map((reason) => reason.category),
          })),
        }
      }
      return look(
        caller,
        { ...asked, means: 'console_view', by: 'id' },
        (tx) => queries.findPersonById(tx, personId),
        read,
        nobody,
      )
    },

    /** Full name, number and phone: a request of its own, with its own purpose, limit and entry. */
    unmaskPerson: async (caller: OperatorCaller, personId: string, asked: Asked): Promise<PersonUnmasked> => {
      await takeFromLimit(
        pool,
        `unmask:${caller.operatorId}`,
        config.limits.personSearchesPerOperatorPerHour,
        3600,
      )
      return look<PersonUnmasked>(
        caller,
        { ...asked, means: 'unmasking', by: 'id' },
        (tx) => queries.findPersonById(tx, personId),
        async (_, row) => {
          const phone = phoneOf(row)
          return {
            name: encryption.show(row.name_encrypted, inRow('persons.name', row.person_id)),
            documentNumber: numberOf(row),
            ...(phone ? { phone } : {}),
          }
        },
        nobody,
      )
    },

    /** An office's decision that somebody may carry a printed code whatever their age. */
    grantPaperCode: (caller: OperatorCaller, personId: string, reason: string): Promise<null> =>
      inTransaction(pool, async (tx) => {
        if (!(await grantPaperCode(tx, personId, clock()))) throw new AppError('NOT_FOUND')
        await writeAudit(tx, {
          actor: caller,
          action: 'person.paper_code_granted',
          objectKind: 'person',
          objectId: personId,
          purpose: reason,
        })
        return null
      }),
  }
}

export type PersonFileService = ReturnType<typeof createPersonFileService>
