import Taro, { useDidShow } from '@tarojs/taro'
import { useEffect, useRef } from 'react'

/** WeChat and Alipay draw the bar with the title and the way back. */
export const hostDrawsBar = true

const setTitle = (title: string): void => {
  void Promise.resolve(Taro.setNavigationBarTitle({ title })).catch(() => undefined)
}

/**
 * Tells the host's bar the title of the page. It is the bar of whatever page is in front, so a page below one waits until
 * it is seen again. There is no document; the screen component sets language and type size.
 */
export const usePageLook = ({ language, title }: { language: string; title: string }): void => {
  const depth = useRef(Taro.getCurrentPages().length)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language is another title even where the words are alike
  useEffect(() => {
    if (Taro.getCurrentPages().length === depth.current) setTitle(title)
  }, [language, title])
  useDidShow(() => setTitle(title))
}
export const canPrint = false
export const printPage = (): void => {}
/** Moves the focus to the heading of a new screen, for screen readers. */
export const focusHeading = (_id: string): void => {}
export const scrollToTop = (): void => {}
/** Calls back on the Escape key, which phones do not have. */
export const onEscape =
  (_call: () => void): (() => void) =>
  () => {}
/** Moves the focus to the first field that is marked wrong. */
export const focusFirstWrong = (): void => {}
