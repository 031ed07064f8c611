import Taro from '@tarojs/taro'
import { whyNothing } from './host-denial.ts'
import type { Outcome } from './outcome.ts'

/** Opens the phone's camera or album; `path` is a file of the mini program that the transport can upload. */
export const takePhoto = async (source: 'camera' | 'album'): Promise<Outcome<{ path: string }>> => {
  try {
    const { tempFilePaths, tempFiles } = await Taro.chooseImage({
      count: 1,
      sizeType: ['compressed'],
      sourceType: [source],
    })
    // Taro fills the paths from a name that Alipay has given up; the files have them too.
    const path = tempFilePaths?.[0] ?? tempFiles?.[0]?.path
    return path === undefined ? { ok: false, reason: 'failed' } : { ok: true, path }
  } catch (failure) {
    return { ok: false, reason: whyNothing(failure) }
  }
}
