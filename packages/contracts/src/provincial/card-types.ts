import type { DocumentType } from '@jiankangbao/domain/written/document-types'

/** The province's own numbers for documents (证件类型代码), in what it is asked and in what it reports. */
export const PROVINCIAL_CARD_TYPES: Readonly<Record<DocumentType, string>> = {
  resident_id: '1',
  passport: '14',
  hk_macao_permit: '15',
  taiwan_permit: '16',
  foreign_permanent_resident: '20',
  birth_certificate: '22',
}
