import { randomUUID } from 'node:crypto'
import type { MemberRequest, SentRequest } from '@jiankangbao/contracts/member/schemas'
import { maskName } from '@jiankangbao/domain/identity/masks'
import type { Transaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { writeNotices } from '../../ledger/notice/notice.service.ts'
import type { Identity } from '../person/identity.service.ts'
import * as queries from './family-request.queries.ts'
import { MEMBER_LIMIT } from './joining.ts'
import type { Household } from './member.queries.ts'

/** How long somebody has to answer. */
const VALID_MS = 72 * 3_600_000
const DAY_SECONDS = 86_400
/** A large family on its first day; and what one person can be bothered with. */
const SENT_PER_DAY = 12
const RECEIVED_PER_DAY = 4

/** Name and document of whoever is asked, as an office would make a person of it. */
export type AskedIdentity = Pick<Identity, 'name' | 'documentType' | 'documentNumber' | 'country' | 'birthOn'>

const maskNameOf = (identity: string): string => maskName((JSON.parse(identity) as AskedIdentity).name)

export const toSentRequest = (
  encryption: Pick<FieldEncryption, 'show'>,
  row: queries.RequestRow,
): SentRequest => ({
  familyRequestId: row.family_request_id,
  nameMasked: encryption.show(
    row.identity_encrypted,
    inRow('family_requests.identity', row.family_request_id),
    maskNameOf,
  ),
  relation: row.relation,
  sentAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
})

interface Asking {
  identity: Identity
  body: MemberRequest
  household: Household & { own_person_id: string }
  isMinor: boolean
}

/**
 * Writes down that the caller asks somebody, known here or not, and tells whoever may answer. Call it under the lock of the
 * identity and of the account. Its answer is the same for everybody.
 * @throws AppError STATE_CONFLICT (asked already), MEMBER_LIMIT_REACHED, TOO_MANY_REQUESTS of the caller or of the asked.
 */
export const askFamily = async (
  tx: Transaction,
  encryption: FieldEncryption,
  caller: CitizenCaller,
  { identity, body, household, isMinor }: Asking,
  now: Date,
): Promise<void> => {
  const waiting = await queries.listWaiting(tx, caller.accountId, now)
  if (waiting.some((row) => row.document_index.equals(identity.documentIndex)))
    throw stateConflict('documentNumber', 'asked_already')
  if (household.member_count + waiting.length >= MEMBER_LIMIT) throw new AppError('MEMBER_LIMIT_REACHED')
  await takeFromLimit(tx, `family-ask:${caller.accountId}`, SENT_PER_DAY, DAY_SECONDS)
  const asked = identity.documentIndex.toString('base64')
  await takeFromLimit(tx, `family-asked:${asked}`, RECEIVED_PER_DAY, DAY_SECONDS)
  const { name, documentType, documentNumber, country, birthOn } = identity
  const familyRequestId = randomUUID()
  const content: AskedIdentity = { name, documentType, documentNumber, country, birthOn }
  await queries.insertRequest(tx, {
    family_request_id: familyRequestId,
    account_id: caller.accountId,
    asker_person_id: household.own_person_id,
    document_index: identity.documentIndex,
    identity_encrypted: encryption.encrypt(
      JSON.stringify(content),
      inRow('family_requests.identity', familyRequestId),
    ),
    relation: body.relation,
    is_minor: isMinor,
    created_at: now,
    expires_at: new Date(now.getTime() + VALID_MS),
    request_id: body.requestId,
  })
  await writeAudit(tx, {
    actor: caller,
    action: 'family_request.sent',
    objectKind: 'family_request',
    objectId: familyRequestId,
    details: { relation: body.relation },
    requestId: body.requestId,
  })
  await tellAsked(tx, familyRequestId, household.own_name_masked ?? '', now)
}

/** Tells whoever may answer now. */
export const tellAsked = async (
  tx: Transaction,
  familyRequestId: string,
  askerName: string,
  now: Date,
): Promise<void> => {
  const accounts = await queries.listAsked(tx, familyRequestId, now)
  await writeNotices(
    tx,
    'family_request',
    accounts.map((accountId) => ({ accountId, details: { by: askerName } })),
    now,
  )
}
