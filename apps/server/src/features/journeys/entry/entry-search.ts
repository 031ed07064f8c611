import type { EntrySearch } from '@jiankangbao/contracts/entry/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { parseArrivalNumber } from '@jiankangbao/domain/written/journey-number'
import { fieldError } from '../../../http/app-error.ts'
import { documentKey, type FieldEncryption } from '../../../keys/field-encryption.ts'

/**
 * What to look for, as keyed hashes where it names somebody.
 * @throws AppError VALIDATION_FAILED unless it is exactly one of the three, in a right form
 */
export const parseEntrySearch = (
  encryption: FieldEncryption,
  { arrivalNumber, document, name }: EntrySearch,
  now: Date,
): { arrivalNumberIndex?: Buffer; documentIndex?: Buffer; name?: string } => {
  if ([arrivalNumber, document, name].filter((each) => each !== undefined).length !== 1)
    throw fieldError('document', 'one_of_number_document_name')
  if (arrivalNumber !== undefined) {
    // All modes write numbers the same way; ships have the widest form.
    const parsed = parseArrivalNumber('ship', arrivalNumber)
    if (!parsed.ok) throw fieldError('arrivalNumber', parsed.reason)
    return { arrivalNumberIndex: encryption.blindIndex('arrival_number', parsed.number) }
  }
  if (document) {
    const { type, number, country } = document
    const parsed = parseDocumentNumber(type, number, { todayOn: shanghaiDayOf(now.getTime()) })
    if (!parsed.ok) throw fieldError('document.number', parsed.reason)
    return {
      documentIndex: encryption.blindIndex('document', documentKey(parsed.type, parsed.number, country)),
    }
  }
  const typed = (name ?? '').trim().replace(/[*＊]+$/, '')
  if (typed === '') throw fieldError('name', 'required')
  return { name: typed }
}
