import type { ShownService } from '@jiankangbao/contracts/service/schemas'
import type { Standing } from '../session/session.ts'

/** Those that somebody of this standing sees, on a phone with large type those for it. */
export const servicesFor = (
  services: readonly ShownService[],
  { standing, elder }: { standing: Standing; elder: boolean },
): ShownService[] =>
  services.filter(
    ({ viewers, elder: forElder }) =>
      (!elder || forElder) &&
      (viewers === 'everybody' ||
        (viewers === 'signed_in' && (standing === 'unregistered' || standing === 'registered')) ||
        standing === 'registered'),
  )

/** The host of an address, for people to read. */
export const hostOf = (url: string): string => /^https?:\/\/([^/?#]+)/.exec(url)?.[1] ?? ''
