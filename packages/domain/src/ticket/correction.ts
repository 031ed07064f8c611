import { maskBirth, maskDocumentNumber, maskName, maskPhone } from '../identity/masks.ts'
import type { DocumentType } from '../written/document-types.ts'

/** What can be wrong about a person from the beginning. */
export const CORRECTED_FIELDS = ['name', 'document_type', 'document_number', 'birth_date', 'phone'] as const
export type CorrectedField = (typeof CORRECTED_FIELDS)[number]

export interface PersonalData {
  name: string
  documentType: DocumentType
  documentNumber: string
  birthOn?: string | undefined
  /** E.164, of the account that holds the person; undefined where there is none, or its number is left. */
  phone?: string | undefined
}

/** Which data differ; nothing where all are the same. A birth date that was not known before is no correction. */
export const correctedFields = (before: PersonalData, after: PersonalData): CorrectedField[] => {
  const differs: Record<CorrectedField, boolean> = {
    name: before.name !== after.name,
    document_type: before.documentType !== after.documentType,
    document_number: before.documentNumber !== after.documentNumber,
    birth_date: before.birthOn !== undefined && before.birthOn !== after.birthOn,
    phone: after.phone !== undefined && before.phone !== after.phone,
  }
  return CORRECTED_FIELDS.filter((field) => differs[field])
}

/** The data as their person sees them: of a birth date the year. */
export const maskData = ({ name, documentType, documentNumber, birthOn, phone }: PersonalData) => ({
  nameMasked: maskName(name),
  documentType,
  documentNumberMasked: maskDocumentNumber(documentNumber),
  ...(birthOn ? { birthMasked: maskBirth(birthOn) } : {}),
  ...(phone ? { phoneMasked: maskPhone(phone) } : {}),
})
