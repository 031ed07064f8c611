import Taro from '@tarojs/taro'

/** Shakes the phone: once short for yellow, long for red. Silent where the phone cannot. */
export const vibrate = (strength: 'short' | 'long'): void => {
  const done = strength === 'long' ? Taro.vibrateLong() : Taro.vibrateShort({ type: 'heavy' })
  void Promise.resolve(done).catch(() => undefined)
}

/** Mini programs have no speech of their own. */
export const canSpeak = (): boolean => false
export const speak = (_text: string, _language: string): void => {}

/**
 * Keeps the screen on and bright while a code is shown large; returns the way back. The phone forgets both when the mini
 * program goes to the back, so they are asked for again each time it comes to the front.
 */
export const keepBright = (): (() => void) => {
  let before = -1
  let over = false
  const hold = () => {
    void Promise.resolve(Taro.setKeepScreenOn({ keepScreenOn: true })).catch(() => undefined)
    void Promise.resolve(Taro.getScreenBrightness())
      .then((answer) => {
        if (over) return undefined
        if (before < 0) before = Number((answer as { value?: number }).value ?? -1)
        return Taro.setScreenBrightness({ value: 1 })
      })
      .catch(() => undefined)
  }
  hold()
  Taro.onAppShow(hold)
  return () => {
    over = true
    Taro.offAppShow(hold)
    void Promise.resolve(Taro.setKeepScreenOn({ keepScreenOn: false })).catch(() => undefined)
    if (before >= 0) void Promise.resolve(Taro.setScreenBrightness({ value: before })).catch(() => undefined)
  }
}
