import { useRouter } from '@tarojs/taro'
import type { ScreenName, Screens } from './navigate.ts'

/** WeChat hands over the scanned link as `q`, Alipay as `qrCode`. */
const scannedLink = (params: Record<string, string | undefined>): string | undefined => {
  const link = params.q ?? params.qrCode
  return link === undefined ? undefined : decodeURIComponent(link)
}

/** What the address of the screen shown now carries. Texts come decoded. */
export const useScreenParams = <Name extends ScreenName>(
  _name: Name,
): Partial<Screens[Name]> & { scannedLink?: string | undefined } => {
  const params = useRouter().params as Record<string, string | undefined>
  const decoded: Record<string, string | undefined> = {}
  for (const key in params) decoded[key] = safeDecode(params[key])
  return { ...(decoded as Partial<Screens[Name]>), scannedLink: scannedLink(params) }
}

const safeDecode = (text: string | undefined): string | undefined => {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return text
  }
}
