import type { Call } from '@jiankangbao/contracts/schemas'
import { readStored, writeStored } from '../../platform/storage.ts'
import { api } from '../session/api.ts'

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
