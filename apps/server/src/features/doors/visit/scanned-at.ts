import { readScanTime } from '@jiankangbao/domain/decision/scan-time'
import { fieldError } from '../../../http/app-error.ts'

/**
 * When a scan or a check was made.
 * @throws AppError VALIDATION_FAILED for `scannedAt` in the future or too old
 */
export const parseScannedAt = (
  stated: string | undefined,
  now: Date,
): { at: Date; late: boolean; statedAt?: Date } => {
  const read = readScanTime(stated, now.getTime())
  if (!read.ok) throw fieldError('scannedAt', read.reason)
  return {
    at: new Date(read.at),
    late: read.late,
    ...(read.statedAt === undefined ? {} : { statedAt: new Date(read.statedAt) }),
  }
}
