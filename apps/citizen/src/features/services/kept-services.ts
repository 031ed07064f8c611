import type { Call } from '@jiankangbao/contracts/schemas'
import type { ShownService } from '@jiankangbao/contracts/service/schemas'
import { readStored, writeStored } from '../../platform/storage.ts'
import { api } from '../session/api.ts'
import type { Standing } from '../session/session.ts'

const KEY = 'services'

export type KeptServices = Call<'listServices'>['result'] & {
  /** True where it is from this phone, because the server was not reached. */
  fromPhone: boolean
}

/** What is offered now; without network what this phone has. Rejects only where it has nothing. */
export const loadServices = async (): Promise<KeptServices> => {
  try {
    const list = await api.call('listServices', {})
    writeStored(KEY, list)
    return { ...list, fromPhone: false }
  } catch (error) {
    const kept = readStored<Omit<KeptServices, 'fromPhone'>>(KEY)
    if (!kept) throw error
    return { ...kept, fromPhone: true }
  }
}

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
