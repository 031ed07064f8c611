import Taro from '@tarojs/taro'

/** Calls back whenever the phone gets its network back or the app comes to the front. Returns the way to stop. */
export const onReconnected = (call: () => void): (() => void) => {
  const heard = (change: { isConnected: boolean }) => {
    if (change.isConnected) call()
  }
  Taro.onNetworkStatusChange(heard)
  Taro.onAppShow(call)
  return () => {
    Taro.offNetworkStatusChange(heard)
    Taro.offAppShow(call)
  }
}
