import Taro from '@tarojs/taro'

/** What the list of devices calls this phone. */
export const deviceName = (): string => {
  try {
    const { brand, model } = Taro.getSystemInfoSync()
    return `${brand} ${model}`.trim().slice(0, 80) || 'mini program'
  } catch {
    return 'mini program'
  }
}
