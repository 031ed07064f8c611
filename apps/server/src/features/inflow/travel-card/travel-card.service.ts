import type { TravelCard } from '@jiankangbao/contracts/travel-card/schemas'
import { maskPhone } from '@jiankangbao/domain/identity/masks'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { ProviderUnavailable } from '../../../outside/provider-unavailable.ts'
import type { Parts } from '../../../parts.ts'

/** How long what was shown is kept, in this process's memory and nowhere else. */
const KEEP_MS = 3 * 60_000
const MOST_KEPT = 10_000

/**
 * The travel card (行程卡): shown to its holder, asked for with their consent to each question. It decides no colour
 * and leaves no trace: no table, no log of places.
 */
export const createTravelCardService = ({
  pool,
  clock,
  encryption,
  config,
  ports,
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'ports'>) => {
  const kept = new Map<string, { card: TravelCard; until: number }>()

  const forget = (now: number): void => {
    for (const [accountId, { until }] of kept) {
      // Oldest first: a Map keeps the order of insertion, and all are kept for the same time.
      if (until > now && kept.size < MOST_KEPT) return
      kept.delete(accountId)
    }
  }
  setInterval(() => forget(clock().getTime()), KEEP_MS).unref()

  const findPhone = async (accountId: string): Promise<string> => {
    const { rows } = await pool.query<{ phone_encrypted: Buffer }>(
      'select phone_encrypted from accounts where account_id = $1::bigint',
      [accountId],
    )
    const [row] = rows
    if (!row) throw new AppError('NOT_SIGNED_IN')
    return encryption.decrypt(row.phone_encrypted, inRow('accounts.phone', accountId))
  }

  return {
    /** @throws AppError PROVIDER_UNAVAILABLE, TOO_MANY_REQUESTS. */
    showTravelCard: async (caller: CitizenCaller): Promise<TravelCard> => {
      const now = clock()
      forget(now.getTime())
      const known = kept.get(caller.accountId)
      if (known) return known.card
      const limit = config.limits.travelCardsPerAccountPerHour
      await takeFromLimit(pool, `travel-card:${caller.accountId}`, limit, 3600)
      const phone = await findPhone(caller.accountId)
      const { places, asOf } = await ports.travelCard
        .query({ phone, consentedAt: now })
        .catch((error: unknown) => {
          if (!(error instanceof ProviderUnavailable)) throw error
          throw new AppError('PROVIDER_UNAVAILABLE', { retryAfterSeconds: 10, cause: error })
        })
      const until = now.getTime() + KEEP_MS
      const card = {
        phoneMasked: maskPhone(phone),
        places,
        asOf: asOf.toISOString(),
        keptUntil: new Date(until).toISOString(),
      }
      kept.set(caller.accountId, { card, until })
      return card
    },
  }
}

export type TravelCardService = ReturnType<typeof createTravelCardService>
