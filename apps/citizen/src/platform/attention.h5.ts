/** Shakes the phone: once short for yellow, a pattern for red. Silent where the browser cannot. */
export const vibrate = (strength: 'short' | 'long'): void => {
  const shaker = navigator as { vibrate?: (pattern: number | number[]) => boolean }
  shaker.vibrate?.(strength === 'long' ? [400, 150, 400] : 250)
}

export const canSpeak = (): boolean => 'speechSynthesis' in window

/** Says a text; what was being said stops. */
export const speak = (text: string, language: string): void => {
  if (!canSpeak()) return
  const said = new SpeechSynthesisUtterance(text)
  said.lang = language
  window.speechSynthesis.cancel()
  window.speechSynthesis.speak(said)
}

interface ScreenLock {
  release: () => Promise<void>
}
/** What keeping the screen on takes of a browser. */
export interface WakeParts {
  page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>
  wakeLock: { request: (kind: 'screen') => Promise<ScreenLock> } | undefined
}

const here = (): WakeParts => ({
  page: document,
  wakeLock: (navigator as { wakeLock?: NonNullable<WakeParts['wakeLock']> }).wakeLock,
})

/**
 * Keeps the screen on while a code is shown large; returns the way back. A browser gives the lock back by itself whenever
 * the page is hidden (a call, another app), so it is asked for again each time the page is seen. A page cannot change the
 * brightness.
 */
export const keepBright = ({ page, wakeLock }: WakeParts = here()): (() => void) => {
  let lock: ScreenLock | undefined
  let over = false
  const letGo = (held: ScreenLock | undefined) => void held?.release().catch(() => undefined)
  const hold = () => {
    if (over || page.visibilityState !== 'visible') return
    void wakeLock?.request('screen').then(
      (got) => {
        if (over) return letGo(got)
        letGo(lock)
        lock = got
      },
      () => undefined,
    )
  }
  hold()
  page.addEventListener('visibilitychange', hold)
  return () => {
    over = true
    page.removeEventListener('visibilitychange', hold)
    letGo(lock)
  }
}
