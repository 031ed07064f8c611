import Taro from '@tarojs/taro'

/** Opens the dialler with the number. */
export const callPhone = (number: string): void => {
  void Promise.resolve(Taro.makePhoneCall({ phoneNumber: number })).catch(() => undefined)
}
