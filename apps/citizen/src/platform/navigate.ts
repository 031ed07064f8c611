import Taro from '@tarojs/taro'

/** Every screen of the app, with what it takes in its address. */
export interface Screens {
  home: Record<never, never>
  'sign-in': Record<never, never>
  register: Record<never, never>
  scan: Record<never, never>
  door: { code: string; scan?: string; at?: string; choose?: string }
  'code-info': { kind: string; code?: string }
  family: Record<never, never>
  'member-add': Record<never, never>
  'paper-code': { member?: string }
  visits: Record<never, never>
  lookups: Record<never, never>
  'code-history': { member?: string }
  'other-codes': { member?: string; first?: 'travel' }
  'risk-areas': Record<never, never>
  devices: Record<never, never>
  notices: Record<never, never>
  declare: { corrects?: string; member?: string }
  exposure: { corrects?: string; member?: string }
  declarations: Record<never, never>
  appeal: { category: string; member?: string }
  appeals: { done?: string }
  entry: { done?: string }
  'entry-form': Record<never, never>
  settings: Record<never, never>
  help: Record<never, never>
  /** An address that leads nowhere; `from` tells a poster's or a code's that was cut off. */
  missing: { from?: 'poster' | 'code' }
}
export type ScreenName = keyof Screens

/** The address of a screen inside the app. */
export const addressOf = <Name extends ScreenName>(name: Name, params?: Screens[Name]): string => {
  const pairs = Object.entries(params ?? {}).filter(([, value]) => value !== undefined)
  const query = pairs.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&')
  return `/pages/${name}/index${query === '' ? '' : `?${query}`}`
}

export const goTo = <Name extends ScreenName>(name: Name, params?: Screens[Name]): void => {
  void Taro.navigateTo({ url: addressOf(name, params) })
}

/** Takes the place of the screen shown now. */
export const replaceWith = <Name extends ScreenName>(name: Name, params?: Screens[Name]): void => {
  void Taro.redirectTo({ url: addressOf(name, params) })
}

/** Closes every screen and opens this one. */
export const startAt = <Name extends ScreenName>(name: Name, params?: Screens[Name]): void => {
  void Taro.reLaunch({ url: addressOf(name, params) })
}

/** How many screens lie on one another; 0 before the first. */
export const screensOpen = (): number => Taro.getCurrentPages().length

/** Back, or home where there is nothing to go back to (opened by a link). */
export const goBack = (): void => {
  if (screensOpen() > 1) void Taro.navigateBack()
  else startAt('home')
}
