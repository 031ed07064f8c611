import { randomUUID } from 'node:crypto'
import type { FaceCheck } from '@jiankangbao/contracts/person/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import type { FaceVerdict } from '@jiankangbao/domain/vocabulary/people'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { ProviderUnavailable } from '../../../outside/provider-unavailable.ts'
import type { Parts } from '../../../parts.ts'
import { type FaceCheckOf, insertFaceCheck } from './face-check.queries.ts'
import type { readFaceForm } from './face-form.ts'
import { type Identity, namedIdentityIndex, parseIdentity } from './identity.service.ts'

/** How long a verdict may be used, once. */
const VALID_MS = 10 * 60_000
/** Somebody who fails a few times takes some pictures per registration try. */
const PICTURES_PER_TRY = 3

/** @throws AppError FACE_CHECK_REQUIRED (none, too old, used), FACE_CHECK_FAILED. */
export const requirePassed = (verdict: FaceVerdict | undefined): void => {
  if (verdict === undefined) throw new AppError('FACE_CHECK_REQUIRED')
  if (verdict !== 'pass') throw new AppError('FACE_CHECK_FAILED')
}

/** The check that this session had made for this identity, and no other. */
export const faceCheckOf = (
  encryption: Pick<FieldEncryption, 'blindIndex'>,
  { accountId, sessionId }: CitizenCaller,
  identity: Identity,
  faceCheckId: string,
): FaceCheckOf => ({
  faceCheckId,
  accountId,
  sessionId,
  identityIndex: namedIdentityIndex(encryption, identity),
})

export const createFaceCheckService = ({
  pool,
  clock,
  config,
  encryption,
  ports,
  log,
}: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption' | 'ports' | 'log'>) => ({
  /**
   * Has one picture checked against one named identity and keeps the verdict, bound to that identity and to the session that
   * asked. The picture is not kept.
   * @throws AppError VALIDATION_FAILED, TOO_MANY_REQUESTS, PROVIDER_UNAVAILABLE.
   */
  createFaceCheck: async (
    caller: CitizenCaller,
    { image, identity: body }: Awaited<ReturnType<typeof readFaceForm>>,
  ): Promise<FaceCheck> => {
    const identity = parseIdentity(encryption, body, shanghaiDayOf(clock().getTime()), {
      birthMayBeUnknown: true,
    })
    const limit = config.limits.registrationTriesPerAccountPerHour * PICTURES_PER_TRY
    await takeFromLimit(pool, `face-check:${caller.accountId}`, limit, 3600)
    const faceCheckId = randomUUID()
    const verdict = await ports.face
      .verify({
        transactionId: faceCheckId,
        subject: faceCheckId,
        name: identity.name,
        documentType: identity.documentType,
        documentNumber: identity.documentNumber,
        country: identity.country,
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
      sessionId: caller.sessionId,
      identityIndex: namedIdentityIndex(encryption, identity),
      verdict,
      checkedAt,
      expiresAt: new Date(checkedAt.getTime() + VALID_MS),
    })
    return { faceCheckId, verdict }
  },
})

export type FaceCheckService = ReturnType<typeof createFaceCheckService>
