import { useRouter } from '@tarojs/taro'
import type { ParamsOf, ScreenName } from '../screens.ts'

/** WeChat hands the scanned link to the page as `q`; Alipay tells it to the app alone (`poster-link.ts`). */
const scannedLink = (params: Record<string, string | undefined>): string | undefined => safeDecode(params.q)

/** What the address of the screen shown now carries. Texts come decoded. */
export const useScreenParams = <Name extends ScreenName>(
  _name: Name,
): Partial<ParamsOf<Name>> & { scannedLink?: string | undefined } => {
  const params = useRouter().params as Record<string, string | undefined>
  const decoded: Record<string, string | undefined> = {}
  for (const key in params) decoded[key] = safeDecode(params[key])
  return { ...(decoded as Partial<ParamsOf<Name>>), scannedLink: scannedLink(params) }
}

const safeDecode = (text: string | undefined): string | undefined => {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return text
  }
}
