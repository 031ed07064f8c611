import type { ShownService } from '@jiankangbao/contracts/service/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import type { Standing } from '../session/session.ts'

/** Those that somebody of this standing sees, of the district chosen on the phone, and with large type those for it. */
export const servicesFor = (
  services: readonly ShownService[],
  { standing, elder, district }: { standing: Standing; elder: boolean; district: string },
): ShownService[] =>
  services.filter(
    ({ viewers, elder: forElder, divisionCodes = [] }) =>
      (!elder || forElder) &&
      (district === '' ||
        divisionCodes.length === 0 ||
        divisionCodes.some((code) => divisionCovers(code, district) || divisionCovers(district, code))) &&
      (viewers === 'everybody' ||
        (viewers === 'signed_in' && (standing === 'unregistered' || standing === 'registered')) ||
        standing === 'registered'),
  )

/** The host of an address, for people to read. */
export const hostOf = (url: string): string => /^https?:\/\/([^/?#]+)/.exec(url)?.[1] ?? ''
