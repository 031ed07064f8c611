import type { Member } from '@jiankangbao/contracts/member/schemas'
import type { VisitRequest } from '@jiankangbao/contracts/visit/schemas'
import { readStored, writeStored } from '../../platform/storage.ts'
import { type IdentityValues, identityBody } from '../identity/document-values.ts'

/** Most companions of one scan (contract of `recordVisit`). */
export const MOST_COMPANIONS = 8

/** Who goes in with this scan: said at each door, never assumed. */
export interface Company {
  self: boolean
  memberIds: string[]
}

/** A scan is for oneself until one says who else is there. */
export const ALONE: Company = { self: true, memberIds: [] }

/** A family member as the door knows them. */
export type Relative = Pick<Member, 'memberId' | 'nameMasked' | 'relation'>

const KEY = 'family-last'

/** The family that came along last: offered at the next door, never taken along. Companions are not remembered. */
export const lastFamily = (): Relative[] => readStored<Relative[]>(KEY) ?? []

export const rememberFamily = (family: readonly Relative[]): void => {
  const kept = family.map(({ memberId, nameMasked, relation }) => ({ memberId, nameMasked, relation }))
  if (kept.length > 0) writeStored(KEY, kept)
}

/** Drops somebody who is no longer in the family. */
export const forgetRelative = (memberId: string): void => {
  writeStored(
    KEY,
    lastFamily().filter((each) => each.memberId !== memberId),
  )
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
