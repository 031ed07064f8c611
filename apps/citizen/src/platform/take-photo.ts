import Taro from '@tarojs/taro'
import type { Outcome } from './outcome.ts'

/** Opens the phone's camera or album; `path` is a file of the mini program that the transport can upload. */
export const takePhoto = async (source: 'camera' | 'album'): Promise<Outcome<{ path: string }>> => {
  try {
    const { tempFilePaths } = await Taro.chooseImage({
      count: 1,
      sizeType: ['compressed'],
      sourceType: [source],
    })
    const path = tempFilePaths[0]
    return path === undefined ? { ok: false, reason: 'failed' } : { ok: true, path }
  } catch {
    return { ok: false, reason: 'cancelled' }
  }
}
