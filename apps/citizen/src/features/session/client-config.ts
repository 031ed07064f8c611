import type { ClientConfig } from '@jiankangbao/contracts/city/schemas'
import { useEffect } from 'react'
import { readStored, writeStored } from '../../platform/storage.ts'
import { createObservable, useObservable } from '../../state/observable.ts'
import { api } from './api.ts'

const kept = createObservable<ClientConfig | undefined>(readStored<ClientConfig>('client-config'))
let asked = false

/** The city's name, hotline and consent version; the last known ones until the server has answered. */
export const loadClientConfig = async (): Promise<ClientConfig> => {
  const config = await api.call('getClientConfig', {})
  writeStored('client-config', config)
  kept.set(config)
  return config
}

export const useClientConfig = (): ClientConfig | undefined => {
  useEffect(() => {
    if (asked) return
    asked = true
    loadClientConfig().catch(() => {
      asked = false
    })
  }, [])
  return useObservable(kept)
}

/** The hotline; the national number for citizens' matters until the server has said otherwise. */
export const useHotline = (): string => useClientConfig()?.hotline ?? '12345'
