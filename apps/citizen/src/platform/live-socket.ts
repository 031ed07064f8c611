import Taro from '@tarojs/taro'
import { apiOrigin } from './api-origin.ts'
import type { OpenLiveSocket } from './live-socket.types.ts'

/** Opens the socket of a mini program. */
export const openLiveSocket: OpenLiveSocket = (path, on) => {
  let task: Taro.SocketTask | undefined
  let closed = false
  void Taro.connectSocket({ url: apiOrigin.replace(/^http/, 'ws') + path }).then(
    (opened) => {
      task = opened
      if (closed) return opened.close({})
      opened.onOpen(() => on.open())
      opened.onMessage((message) => on.message(String(message.data)))
      opened.onClose(({ code }) => on.close(code))
      opened.onError(() => on.close())
    },
    () => on.close(),
  )
  return {
    send: (text) => task?.send({ data: text }),
    close: () => {
      closed = true
      task?.close({})
    },
  }
}
