import Taro from '@tarojs/taro'
import { whyNothing } from './host-denial.ts'
import type { Outcome } from './outcome.ts'

/** Puts a PNG into the phone's album; the host asks the person first. */
export const savePicture = async (png: Uint8Array, name: string): Promise<Outcome> => {
  const filePath = `${Taro.env.USER_DATA_PATH}/${name}`
  try {
    await new Promise<void>((resolve, reject) =>
      Taro.getFileSystemManager().writeFile({
        filePath,
        data: Taro.arrayBufferToBase64(png.slice().buffer),
        encoding: 'base64',
        success: () => resolve(),
        fail: reject,
      }),
    )
    await Taro.saveImageToPhotosAlbum({ filePath })
    return { ok: true }
  } catch (failure) {
    return { ok: false, reason: whyNothing(failure) }
  }
}
