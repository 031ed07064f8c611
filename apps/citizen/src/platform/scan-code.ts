import Taro from '@tarojs/taro'
import { whyNothing } from './host-denial.ts'
import type { Outcome } from './outcome.ts'

/** Opens the scanner of WeChat or Alipay. */
export const scanWithPhone = async (): Promise<Outcome<{ text: string }>> => {
  try {
    const { result } = await Taro.scanCode({ scanType: ['qrCode'] })
    return { ok: true, text: result }
  } catch (failure) {
    return { ok: false, reason: whyNothing(failure) }
  }
}
