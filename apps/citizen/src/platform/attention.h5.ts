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

/** Keeps the screen on while a code is shown large; returns the way back. A page cannot change the brightness. */
export const keepBright = (): (() => void) => {
  let lock: { release: () => Promise<void> } | undefined
  let over = false
  const wake = (
    navigator as { wakeLock?: { request: (kind: 'screen') => Promise<{ release: () => Promise<void> }> } }
  ).wakeLock
  void wake?.request('screen').then(
    (got) => {
      if (over) void got.release()
      else lock = got
    },
    () => undefined,
  )
  return () => {
    over = true
    void lock?.release().catch(() => undefined)
  }
}
