import Taro from '@tarojs/taro'
import { type ParamsOf, pageOf, type ScreenName } from '../screens.ts'

/** The address of a screen inside the app. */
export const addressOf = <Name extends ScreenName>(name: Name, params?: ParamsOf<Name>): string => {
  const pairs = Object.entries(params ?? {}).filter(([, value]) => value !== undefined)
  const query = pairs.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&')
  return `/${pageOf(name)}${query === '' ? '' : `?${query}`}`
}

export const goTo = <Name extends ScreenName>(name: Name, params?: ParamsOf<Name>): void => {
  void Taro.navigateTo({ url: addressOf(name, params) })
}

/** Takes the place of the screen shown now. */
export const replaceWith = <Name extends ScreenName>(name: Name, params?: ParamsOf<Name>): void => {
  void Taro.redirectTo({ url: addressOf(name, params) })
}

/** Closes every screen and opens this one. */
export const startAt = <Name extends ScreenName>(name: Name, params?: ParamsOf<Name>): void => {
  void Taro.reLaunch({ url: addressOf(name, params) })
}

/** How many screens lie on one another; 0 before the first. */
export const screensOpen = (): number => Taro.getCurrentPages().length

/** Back, or home where there is nothing to go back to (opened by a link). */
export const goBack = (): void => {
  if (screensOpen() > 1) void Taro.navigateBack()
  else startAt('home')
}
