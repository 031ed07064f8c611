import { useState } from 'react'
import { readStored, writeStored } from '../../api/stored.ts'

export interface Settings {
  sound: boolean
  speech: boolean
  vibration: boolean
}

const KEY = 'checkpointSettings'
const DEFAULTS: Settings = { sound: true, speech: false, vibration: true }

/** How results are made known besides the screen; kept on this phone. */
export const useSettings = () => {
  const [settings, setSettings] = useState<Settings>(() => ({ ...DEFAULTS, ...readStored<Settings>(KEY) }))
  const toggle = (name: keyof Settings): void => {
    const next = { ...settings, [name]: !settings[name] }
    setSettings(next)
    writeStored(KEY, next)
  }
  return { settings, toggle }
}
