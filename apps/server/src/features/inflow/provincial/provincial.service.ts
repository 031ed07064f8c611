import type {
  IdentityUpdate,
  ProvincialBatch,
  ProvincialBatchAnswer,
  ProvincialCode,
} from '@jiankangbao/contracts/provincial/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { CitizenCaller, PartnerCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { ProviderUnavailable } from '../../../outside/provider-unavailable.ts'
import type { ProvincialPerson } from '../../../outside/provincial.ts'
import type { Parts } from '../../../parts.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { evaluateNow } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { findBirthOn, noteSeen, parseIdentity, verifyIdentity } from '../../people/person/identity.service.ts'
import { takeWithinLimits } from '../held-push/flood.ts'
import type { PartnerService } from '../partner/partner.service.ts'
import { isReachable } from '../upstream/upstream.service.ts'
import { takeAnswer } from './observations.ts'
import * as queries from './provincial.queries.ts'
import { describeCode, takeCodes } from './pushed-codes.ts'
import { readProvincialRows } from './read-batch.ts'

const HOUR_MS = 3600_000
const refreshMsOf = ({ upstream }: Pick<Parts['config'], 'upstream'>): number =>
  upstream.provincialRefreshHours * HOUR_MS

type PullParts = Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'ports' | 'log'>

const toQuestion = ({ encryption }: PullParts, row: queries.PersonRow): ProvincialPerson => ({
  name: encryption.decrypt(row.name_encrypted, inRow('persons.name', row.person_id)),
  documentType: row.document_type,
  documentNumber: encryption.decrypt(
    row.document_number_encrypted,
    inRow('persons.document_number', row.person_id),
  ),
})

/** Asks about one person and keeps the answer; false where the province could not be asked. `then` runs in the same transaction. */
const pull = async (
  parts: PullParts,
  row: queries.PersonRow,
  then: (tx: Transaction) => Promise<void> = async () => {},
): Promise<boolean> => {
  const { pool, clock, config, ports, log } = parts
  const personId = row.person_id
  try {
    const answer = await ports.provincial.query(toQuestion(parts, row))
    await inTransaction(pool, async (tx) => {
      await takeAnswer(tx, personId, answer, clock(), refreshMsOf(config))
      await then(tx)
    })
    return true
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error
    log.warn({ provider: error.provider, personId }, 'provincial code not known')
    await queries.postpone(pool, personId, clock())
    return false
  }
}

const AT_ONCE = 8
const LEASE_MS = 2 * 60_000

/** Asks about up to `budget` persons whose code is due. Returns how many were asked about. Several processes may. */
export const pullDueCodes = async (parts: PullParts, budget: number): Promise<number> => {
  const now = parts.clock()
  const due = await queries.takeDue(parts.pool, now, new Date(now.getTime() + LEASE_MS), budget)
  const waiting = [...due]
  const work = async () => {
    for (let row = waiting.pop(); row; row = waiting.pop()) await pull(parts, row)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return due.length
}

/** The provincial code: as given, never softened, and never asked for while somebody stands at a door. */
export const createProvincialService = (parts: PullParts, partners: Pick<PartnerService, 'takeBatch'>) => {
  const { pool, clock, config, encryption, ports } = parts

  const getPerson = async (
    caller: CitizenCaller,
    memberId: string | undefined,
  ): Promise<queries.PersonRow> => {
    const row = await queries.findOwnPerson(pool, caller.accountId, memberId)
    if (!row) throw new AppError(memberId ? 'NOT_FOUND' : 'NOT_REGISTERED')
    return row
  }

  const show = async (personId: string, reachable: boolean): Promise<ProvincialCode> => {
    const now = clock()
    const code = await queries.findCode(pool, personId)
    const { provincialMaxAgeHours } = await getRulesetInForce(pool, now)
    const expiresAt =
      code?.observed_at && new Date(code.observed_at.getTime() + provincialMaxAgeHours * HOUR_MS)
    return {
      state: code?.state ?? 'waiting',
      ...(code?.observed_at && expiresAt
        ? {
            colour: expiresAt > now ? numberToColour(code.colour) : ('none' as const),
            observedAt: code.observed_at.toISOString(),
            expiresAt: expiresAt.toISOString(),
          }
        : {}),
      ...(code?.asked_at ? { askedAt: code.asked_at.toISOString() } : {}),
      reachable,
    }
  }

  const refresh = async (row: queries.PersonRow): Promise<ProvincialCode> => {
    const { person_id: personId } = row
    await inTransaction(pool, (tx) => queries.schedulePull(tx, personId, clock()))
    // At once, so that the pass fetched next shows what this answer made of it.
    const reachable = await pull(parts, row, (tx) => evaluateNow(tx, [personId], 'provincial', clock()))
    return show(personId, reachable)
  }

  const takeLimit = (caller: CitizenCaller, what: string) =>
    takeFromLimit(
      pool,
      `${what}:${caller.accountId}`,
      config.limits.provincialRefreshesPerAccountPerHour,
      3600,
    )

  return {
    /** What the province last said, with its age. Asks nobody. */
    getProvincialCode: async (caller: CitizenCaller, memberId?: string): Promise<ProvincialCode> => {
      const { person_id: personId } = await getPerson(caller, memberId)
      return show(personId, await isReachable(pool, 'provincial'))
    },

    /** Whose identity data the province wants renewed. No scan asks this. */
    listStaleIdentities: async (caller: CitizenCaller) => ({
      persons: (await queries.listStale(pool, caller.accountId)).map((row) => ({
        ...(row.member_id ? { memberId: row.member_id } : {}),
        nameMasked: row.name_masked,
      })),
    }),

    /**
     * Asks the province now. Where it does not answer, what is known comes back with `reachable: false`.
     * @throws AppError NOT_FOUND (member), NOT_REGISTERED, TOO_MANY_REQUESTS.
     */
    refreshProvincialCode: async (caller: CitizenCaller, memberId?: string): Promise<ProvincialCode> => {
      const row = await getPerson(caller, memberId)
      await takeLimit(caller, 'provincial-refresh')
      return refresh(row)
    },

    /**
     * Checks name and document again, hands them to the province and asks anew. The document stays the person's own.
     * @throws AppError VALIDATION_FAILED (`documentNumber`: another document), IDENTITY_MISMATCH, PROVIDER_UNAVAILABLE,
     * NOT_FOUND, NOT_REGISTERED, TOO_MANY_REQUESTS.
     */
    updateIdentity: async (caller: CitizenCaller, body: IdentityUpdate): Promise<ProvincialCode> => {
      const row = await getPerson(caller, body.memberId)
      const birthOn = await findBirthOn(pool, encryption, row.person_id)
      const identity = parseIdentity(
        encryption,
        {
          name: body.name,
          documentType: row.document_type,
          documentNumber: body.documentNumber,
          ...(row.country ? { country: row.country } : {}),
          ...(birthOn ? { birthOn } : {}),
        },
        shanghaiDayOf(clock().getTime()),
        { birthMayBeUnknown: true },
      )
      await takeLimit(caller, 'identity-update')
      const index = identity.documentIndex
      const found = await queries.findPersonsByIndex(pool, [index])
      if (found.get(index.toString('hex')) !== row.person_id) throw fieldError('documentNumber', 'differs')
      await verifyIdentity(parts, identity)
      const nameEncrypted = encryption.encrypt(identity.name, inRow('persons.name', row.person_id))
      await inTransaction(pool, async (tx) => {
        await noteSeen(tx, encryption, row.person_id, identity)
        await writeAudit(tx, {
          actor: caller,
          action: 'person.identity_renewed',
          objectKind: 'person',
          objectId: row.person_id,
        })
      })
      const renewed = { ...row, name_encrypted: nameEncrypted }
      await ports.provincial.updateIdentity(toQuestion(parts, renewed)).catch((error: unknown) => {
        if (!(error instanceof ProviderUnavailable)) throw error
        throw new AppError('PROVIDER_UNAVAILABLE', { retryAfterSeconds: 10, cause: error })
      })
      return refresh(renewed)
    },

    /** Takes the rows that can be read; the others come back with their place and what is wrong. Repeats per batch id. */
    pushProvincialCodes: (caller: PartnerCaller, body: ProvincialBatch): Promise<ProvincialBatchAnswer> => {
      const now = clock()
      const { rows, refused } = readProvincialRows(encryption, body.codes, now)
      return partners.takeBatch(caller, body, 'provincial_codes.pushed', async (tx) => {
        const { taken, held } = await takeWithinLimits(
          parts,
          tx,
          {
            caller,
            batchId: body.batchId,
            kind: 'provincial_codes',
            rows,
            describe: describeCode,
            take: (some) => takeCodes(tx, caller, some, now, refreshMsOf(config)),
          },
          now,
        )
        return {
          batchId: body.batchId,
          accepted: taken.length,
          ignored: rows.length - held - taken.length,
          ...(held > 0 ? { held } : {}),
          refused,
        }
      })
    },
  }
}

export type ProvincialService = ReturnType<typeof createProvincialService>
