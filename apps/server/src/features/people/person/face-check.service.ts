import { randomUUID } from 'node:crypto'
import type { FaceCheck } from '@jiankangbao/contracts/person/schemas'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { ProviderUnavailable } from '../../../outside/provider-unavailable.ts'
import type { Parts } from '../../../parts.ts'
import { type FaceVerdict, insertFaceCheck } from './face-check.queries.ts'
import type { FaceImage } from './face-image.ts'

/** How long a verdict may be used, once. */
const VALID_MS = 15 * 60_000
/** Somebody who fails a few times takes some pictures per registration try. */
const PICTURES_PER_TRY = 3

/** @throws AppError FACE_CHECK_REQUIRED (none, too old, used), FACE_CHECK_FAILED. */
export const requirePassed = (verdict: FaceVerdict | undefined): void => {
  if (verdict === undefined) throw new AppError('FACE_CHECK_REQUIRED')
  if (verdict !== 'pass') throw new AppError('FACE_CHECK_FAILED')
}

export const createFaceCheckService = ({
  pool,
  clock,
  config,
  ports,
  log,
}: Pick<Parts, 'pool' | 'clock' | 'config' | 'ports' | 'log'>) => ({
  /**
   * Has one picture checked and keeps the verdict, bound to the account. The picture is not kept.
   * @throws AppError TOO_MANY_REQUESTS, PROVIDER_UNAVAILABLE.
   */
  createFaceCheck: async (caller: CitizenCaller, image: FaceImage): Promise<FaceCheck> => {
    const limit = config.limits.registrationTriesPerAccountPerHour * PICTURES_PER_TRY
    await takeFromLimit(pool, `face-check:${caller.accountId}`, limit, 3600)
    const faceCheckId = randomUUID()
    const verdict = await ports.face
      .verify({
        transactionId: faceCheckId,
        subject: faceCheckId,
        image: image.bytes,
        mediaType: image.mediaType,
      })
      .catch((error: unknown) => {
        if (!(error instanceof ProviderUnavailable)) throw error
        log.warn({ provider: error.provider, faceCheckId }, 'face not checked')
        throw new AppError('PROVIDER_UNAVAILABLE', { retryAfterSeconds: 5, cause: error })
      })
    const checkedAt = clock()
    await insertFaceCheck(pool, {
      faceCheckId,
      accountId: caller.accountId,
      verdict,
      checkedAt,
      expiresAt: new Date(checkedAt.getTime() + VALID_MS),
    })
    return { faceCheckId, verdict }
  },
})

export type FaceCheckService = ReturnType<typeof createFaceCheckService>
