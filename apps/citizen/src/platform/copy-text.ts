import Taro from '@tarojs/taro'

/** Puts a text where it can be pasted from. Tells whether it is there. */
export const copyText = async (text: string): Promise<boolean> => {
  try {
    await Taro.setClipboardData({ data: text })
    return true
  } catch {
    return false
  }
}
