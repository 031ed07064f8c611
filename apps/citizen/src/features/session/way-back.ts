import { readStored, removeStored, writeStored } from '../../platform/storage.ts'
import type { ScreenName } from '../../screens.ts'

// Whoever fills in a form before signing in comes back to it; what was typed is its draft.

const KEY = 'way-back'
const KEPT_MS = 30 * 60_000

type FormScreen = Extract<ScreenName, 'shop-apply'>

export const keepWayBack = (screen: FormScreen, now = Date.now()): void => {
  writeStored(KEY, { screen, keptAt: now })
}

/** Once: whoever signs in next for something else is not led there. */
export const takeWayBack = (now = Date.now()): FormScreen | undefined => {
  const kept = readStored<{ screen: FormScreen; keptAt: number }>(KEY)
  removeStored(KEY)
  return kept && now - kept.keptAt < KEPT_MS ? kept.screen : undefined
}
