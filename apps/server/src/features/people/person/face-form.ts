import { IDENTITY_FIELDS, readNamedIdentity } from '@jiankangbao/contracts/person/named-identity'
import type { NamedIdentity } from '@jiankangbao/contracts/person/schemas'
import type { FastifyRequest } from 'fastify'
import { AppError, fieldError } from '../../../http/app-error.ts'
import { requireFaceSize } from '../../../pictures/face-size.ts'
import { RefusedPicture } from '../../../pictures/picture.ts'

export interface FaceImage {
  bytes: Buffer
  mediaType: 'image/jpeg' | 'image/png'
}

type Fields = Record<string, string>

const JPEG_START = Buffer.from([0xff, 0xd8, 0xff])
const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

// By the first bytes: the declared type and the file name are the client's own claim.
const findMediaType = (bytes: Buffer): FaceImage['mediaType'] | undefined => {
  if (bytes.subarray(0, JPEG_START.length).equals(JPEG_START)) return 'image/jpeg'
  if (bytes.subarray(0, PNG_START.length).equals(PNG_START)) return 'image/png'
  return undefined
}

const readParts = async (request: FastifyRequest): Promise<{ bytes?: Buffer; fields: Fields }> => {
  const fields: Fields = {}
  let bytes: Buffer | undefined
  // What comes first depends on the phone: the picture or the fields.
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      if (part.fieldname !== 'image') throw fieldError(part.fieldname, 'unknown_field')
      // Throws beyond the size limit of the plugin, 5 MiB.
      bytes = await part.toBuffer()
    } else if (IDENTITY_FIELDS.has(part.fieldname)) {
      if (part.fieldname in fields) throw fieldError(part.fieldname, 'repeated')
      fields[part.fieldname] = String(part.value)
    } else throw fieldError(part.fieldname, 'unknown_field')
  }
  return { fields, ...(bytes ? { bytes } : {}) }
}

const toRefusal = (error: Error & { statusCode?: number }): Error => {
  if (error instanceof AppError) return error
  return error.statusCode === 413 ? new AppError('BODY_TOO_LARGE') : fieldError('image', 'malformed')
}

/** @throws AppError IMAGE_UNREADABLE (image: unreadable, too_many_pixels, too_few_pixels): clients have another one taken */
const requirePicture = (bytes: Buffer): void => {
  try {
    requireFaceSize(bytes)
  } catch (error) {
    if (!(error instanceof RefusedPicture)) throw error
    throw new AppError('IMAGE_UNREADABLE', { fields: [{ field: 'image', reason: error.reason }] })
  }
}

/**
 * Reads the multipart field `image` and whose face it has to be, in memory only.
 * @throws AppError UNSUPPORTED_MEDIA_TYPE (no multipart), VALIDATION_FAILED, BODY_TOO_LARGE (over 5 MiB),
 * IMAGE_UNREADABLE (no whole JPEG or PNG).
 */
export const readFaceForm = async (
  request: FastifyRequest,
): Promise<{ image: FaceImage; identity: NamedIdentity }> => {
  if (!request.isMultipart()) throw new AppError('UNSUPPORTED_MEDIA_TYPE')
  const { bytes, fields } = await readParts(request).catch((error: Error) => {
    throw toRefusal(error)
  })
  if (bytes === undefined) throw fieldError('image', 'required')
  const mediaType = findMediaType(bytes)
  if (!mediaType) throw new AppError('IMAGE_UNREADABLE')
  requirePicture(bytes)
  const read = readNamedIdentity(fields)
  if (!read.ok) throw fieldError(read.field, read.reason)
  return { image: { bytes, mediaType }, identity: read.identity }
}
