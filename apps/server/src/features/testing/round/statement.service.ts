import type { Call } from '@jiankangbao/contracts/schemas'
import type { RoundGround } from '@jiankangbao/domain/testing/round'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { listOwnRounds, putStatement } from './demand.queries.ts'

const STATEMENTS_PER_HOUR = 30

/** What somebody said about a round, for themselves and for their community. */
export const toStatement = (
  encryption: Pick<FieldEncryption, 'show'>,
  row: {
    round_id: string
    person_id: string
    reason: RoundGround | null
    note_encrypted: Buffer | null
    said_at: Date | null
  },
) =>
  row.reason && row.said_at
    ? {
        statement: {
          reason: row.reason,
          ...(row.note_encrypted
            ? {
                note: encryption.show(
                  row.note_encrypted,
                  inRow('round_statements.note', row.round_id, row.person_id),
                ),
              }
            : {}),
          saidAt: row.said_at.toISOString(),
        },
      }
    : {}

/** Why somebody whom a round asks for does not come. It exempts nobody: the community that counts them decides. */
export const createStatementService = ({
  pool,
  clock,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'encryption'>) => ({
  /** @throws AppError NOT_FOUND (no such round, or it does not ask for them), STATE_CONFLICT (done, or exempt), TOO_MANY_REQUESTS */
  stateForTestRound: async (
    caller: CitizenCaller,
    roundId: string,
    { memberId, reason, note }: Call<'stateForTestRound'>['body'],
  ): Promise<null> => {
    await takeFromLimit(pool, `round-statement:${caller.accountId}`, STATEMENTS_PER_HOUR, 3600)
    const at = clock()
    const asked = (await listOwnRounds(pool, caller.accountId, at)).find(
      (row) => row.round_id === roundId && row.member_id === (memberId?.toLowerCase() ?? null),
    )
    if (!asked) throw new AppError('NOT_FOUND')
    if (asked.state !== 'to_come' && asked.state !== 'missed') throw stateConflict('roundId', 'round_over')
    return inTransaction(pool, async (tx) => {
      await putStatement(tx, {
        roundId,
        personId: asked.person_id,
        reason,
        textEncrypted: note?.trim()
          ? encryption.encrypt(note.trim(), inRow('round_statements.note', roundId, asked.person_id))
          : null,
        accountId: caller.accountId,
        at,
      })
      await writeAudit(tx, {
        actor: caller,
        action: 'test_round.stated',
        objectKind: 'test_round',
        objectId: roundId,
        details: { personId: asked.person_id },
      })
      return null
    })
  },
})

export type StatementService = ReturnType<typeof createStatementService>
