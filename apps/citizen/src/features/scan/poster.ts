import { screensOpen, startAt } from '../../platform/navigate.ts'
import { judgeScanned } from './open-scanned.ts'

const LOOK_EVERY_MS = 50

// A launch is told before the first screen is there, and a host opens nothing else until it is.
const onceOpen = (go: () => void): void => {
  if (screensOpen() > 0) go()
  else setTimeout(() => onceOpen(go), LOOK_EVERY_MS)
}

/** Opens what a poster's link is for, in the place of every screen that was open; each call is a scan of its own. */
export const openPoster = (link: string): void => {
  const judged = judgeScanned(link, false)
  onceOpen(() => {
    if (judged.ok) startAt('door', { code: judged.code })
    else if (judged.reason === 'personal' || judged.reason === 'paper')
      startAt('code-info', { kind: judged.reason })
    // The door's screen says what is wrong with it.
    else startAt('door', { code: link.slice(0, 300) })
  })
}
