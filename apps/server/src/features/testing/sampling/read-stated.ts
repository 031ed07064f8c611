import { readSampleTime } from '@jiankangbao/domain/testing/sampling'
import { parseBoxBarcode, parseTubeBarcode, type TubeBarcode } from '@jiankangbao/domain/testing/tube-barcode'
import { fieldError } from '../../../http/app-error.ts'

/** @throws AppError VALIDATION_FAILED with the word for what it was instead of a tube */
export const readTube = (text: string): Extract<TubeBarcode, { ok: true }> => {
  const read = parseTubeBarcode(text)
  if (!read.ok) throw fieldError('barcode', read.reason)
  return read
}

export const readBarcode = (text: string): string => readTube(text).barcode

/** @throws AppError VALIDATION_FAILED with the word for what it was instead of a box */
export const readBoxBarcode = (text: string): string => {
  const read = parseBoxBarcode(text)
  if (!read.ok) throw fieldError('boxBarcode', read.reason)
  return read.barcode
}

/** When a phone did something, by the server's clock. @throws AppError VALIDATION_FAILED for a time that can not be */
export const readStatedTime = (
  field: string,
  at: string | undefined,
  sentAt: string | undefined,
  now: Date,
): Date => {
  const read = readSampleTime({ sampledAt: at, sentAt }, now.getTime())
  if (!read.ok) throw fieldError(field, read.reason)
  return new Date(read.at)
}
