import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import type { Transaction } from '../../../db/pool.ts'
import { stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import type { Parts } from '../../../parts.ts'
import { evaluateNow } from '../../colours/status/status.service.ts'
import { writeNotice } from '../../ledger/notice/notice.service.ts'
import { findAccountOf } from '../account/holder.queries.ts'
import { joinFamily, requireRoom } from '../member/joining.ts'
import { findHousehold } from '../member/member.queries.ts'
import { grantPaperCode, lockAccounts, lockIdentity } from '../person/identity.queries.ts'
import {
  findOrCreatePerson,
  type Identity,
  type IdentityBody,
  parseIdentity,
} from '../person/identity.service.ts'
import type { CounterActRow } from './counter.queries.ts'

type EffectParts = Pick<Parts, 'encryption' | 'onKnownPerson'>

// As it was read from the document.
const openIdentity = (
  encryption: Pick<FieldEncryption, 'decrypt'>,
  row: Pick<CounterActRow, 'act_id' | 'identity_encrypted'>,
): IdentityBody => {
  if (!row.identity_encrypted) throw new Error('an open act has its identity')
  return JSON.parse(
    encryption.decrypt(row.identity_encrypted, inRow('counter_acts.identity', row.act_id)),
  ) as IdentityBody
}

// The person is made where nobody has this document; the same document makes nobody twice.
const takePerson = async (
  tx: Transaction,
  parts: EffectParts,
  identity: Identity,
  now: Date,
): Promise<string> => {
  await lockIdentity(tx, identity.documentIndex)
  const { personId, created } = await findOrCreatePerson(tx, parts, identity, now)
  if (created) await evaluateNow(tx, [personId], 'registration', now)
  return personId
}

const join = async (
  tx: Transaction,
  caller: OperatorCaller,
  row: CounterActRow,
  personId: string,
  now: Date,
): Promise<void> => {
  const { holder_person_id: holderId, relation } = row
  const accountId = holderId && (await findAccountOf(tx, holderId))
  if (!accountId || !relation) throw stateConflict('holder', 'no_account')
  await lockAccounts(tx, accountId, personId)
  const household = await findHousehold(tx, accountId, personId)
  // Another phone took the holder's identity over meanwhile: it is not the account that was at the counter.
  if (household?.own_person_id !== holderId) throw stateConflict('holder', 'no_account')
  requireRoom(household, personId)
  const holderName = household.own_name_masked ?? ''
  const consentMeans = 'office' as const
  const requestId = row.request_id
  const joining = { accountId, personId, relation, consentMeans, requestId, holderName }
  const memberId = await joinFamily(tx, caller, joining, now)
  // Who has a phone of their own reads there what was done in their name.
  const ownAccountId = await findAccountOf(tx, personId)
  if (ownAccountId)
    await writeNotice(tx, {
      accountId: ownAccountId,
      kind: 'added_as_member',
      details: { by: holderName, name: row.name_masked, memberId, relation },
      at: now,
    })
}

/** Does what was approved. @returns the person */
export const applyAct = async (
  tx: Transaction,
  parts: EffectParts,
  caller: OperatorCaller,
  row: CounterActRow,
  now: Date,
): Promise<string> => {
  const todayOn = shanghaiDayOf(now.getTime())
  const identity = parseIdentity(parts.encryption, openIdentity(parts.encryption, row), todayOn)
  const personId = await takePerson(tx, parts, identity, now)
  if (row.kind === 'family') await join(tx, caller, row, personId, now)
  else {
    if (await findAccountOf(tx, personId)) throw stateConflict('document', 'has_phone')
    await grantPaperCode(tx, personId, now)
  }
  return personId
}
