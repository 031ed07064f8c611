import type { VisitRequest } from '@jiankangbao/contracts/schemas/door'
import { readStored, writeStored } from '../../platform/storage.ts'
import { type IdentityValues, identityBody } from '../identity/document-values.ts'

/** Most companions of one scan (contract of `recordVisit`). */
export const MOST_COMPANIONS = 8

/** Who comes along: ticked once, remembered for the next door. Companions are not remembered. */
export interface Company {
  self: boolean
  memberIds: string[]
}

export const readCompany = (): Company => readStored<Company>('company') ?? { self: true, memberIds: [] }
export const rememberCompany = (company: Company): void => {
  writeStored('company', company)
}

/** Drops people who are no longer in the family. */
export const forgetMembers = (gone?: string): void => {
  const { memberIds } = readCompany()
  rememberCompany({ self: true, memberIds: gone === undefined ? [] : memberIds.filter((id) => id !== gone) })
}

/** A scan as the server takes it at any time: with the moment of the scan. */
export type Visit = VisitRequest & { scannedAt: string }

/** The body of a scan. */
export const visitBody = (
  scan: { requestId: string; code: string; scannedAt: string },
  company: Company,
  companions: IdentityValues[] = [],
): Visit => ({
  requestId: scan.requestId,
  venueCode: scan.code,
  self: company.self,
  scannedAt: scan.scannedAt,
  ...(company.memberIds.length > 0 ? { memberIds: company.memberIds } : {}),
  ...(companions.length > 0
    ? {
        companions: companions.map((companion) => {
          const { name, documentType, documentNumber } = identityBody(companion)
          return { name, documentType, documentNumber }
        }),
      }
    : {}),
})
