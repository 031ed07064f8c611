import { useDidShow, useLaunch } from '@tarojs/taro'
import { useRef } from 'react'

interface Opening {
  query?: { qrCode?: string; q?: string }
}

const linkOf = (opening: unknown): string | undefined => {
  const { qrCode } = (opening as Opening | undefined)?.query ?? {}
  if (!qrCode) return undefined
  try {
    return decodeURIComponent(qrCode)
  } catch {
    return qrCode
  }
}

/**
 * Calls back with the link of a poster that opened the app. Alipay tells it to the app alone: a cold start to its launch and
 * again to its first show, a warm one to a show; no page gets it. WeChat opens the page of the link's rule with it.
 */
export const usePosterLink = (open: (link: string) => void): void => {
  const launchedWith = useRef<string>(undefined)
  useLaunch((options) => {
    launchedWith.current = linkOf(options)
    if (launchedWith.current !== undefined) open(launchedWith.current)
  })
  useDidShow((options?: unknown) => {
    const link = linkOf(options)
    const isLaunch = link === launchedWith.current
    launchedWith.current = undefined
    if (link !== undefined && !isLaunch) open(link)
  })
}
