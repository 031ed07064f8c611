import Taro from '@tarojs/taro'

/** Where somebody wants to go. */
export interface Place {
  name: string
  address: string
  latitude: number
  longitude: number
}

/** Opens the map of the phone's app at a place. */
export const openMap = ({ name, address, latitude, longitude }: Place): void => {
  void Promise.resolve(Taro.openLocation({ name, address, latitude, longitude })).catch(() => undefined)
}
