import { randomBytes, sign } from 'node:crypto'
import type { PaperCode } from '@jiankangbao/contracts/code/schemas'
import { encodePaperCode, PAPER_CODE_DAYS, paperCodeUrl } from '@jiankangbao/domain/codes/paper-code'
import { addDays, shanghaiDayNumber, shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import type { Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller, OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertCode, revokeCode } from './code.queries.ts'

/** What is printed of a code. */
export const makePaperCode = (
  { keys, config }: Pick<Parts, 'keys' | 'config'>,
  nameMasked: string,
  codeId: Buffer,
  issuedAt: Date,
): PaperCode => {
  const { keyId, privateKey } = keys.currentSigningKey()
  const issuedOn = shanghaiDayOf(issuedAt.getTime())
  const token = encodePaperCode(
    { version: 1, keyId, codeId, issuedOnDay: shanghaiDayNumber(issuedAt.getTime()) },
    (message) => sign(null, message, privateKey),
  )
  return {
    qrText: paperCodeUrl(config.publicOrigin, token),
    nameMasked,
    issuedOn,
    validUntil: addDays(issuedOn, PAPER_CODE_DAYS),
  }
}

/** Puts a printed code in force; the one before it dies. @throws AppError STATE_CONFLICT where another one was first */
export const replacePaperCode = async (
  tx: Transaction,
  actor: CitizenCaller | OperatorCaller,
  {
    personId,
    requestId,
    memberId,
    now,
  }: { personId: string; requestId: string; memberId?: string | undefined; now: Date },
): Promise<{ codeId: Buffer; issuedAt: Date }> => {
  const codeId = randomBytes(10)
  await revokeCode(tx, personId, 'paper', 'replaced', now)
  const code = { codeId, personId, kind: 'paper', issuedAt: now, requestId, memberId } as const
  if (!(await insertCode(tx, code))) throw new AppError('STATE_CONFLICT')
  await writeAudit(tx, {
    actor,
    action: 'paper_code.issued',
    objectKind: 'person',
    objectId: personId,
    requestId,
  })
  return { codeId, issuedAt: now }
}
