import Taro from '@tarojs/taro'
import { apiOrigin } from './api-origin.ts'
import type { OpenLiveSocket } from './live-socket.types.ts'
import { listenToTask, type SocketTask } from './socket-task.ts'

/** Opens the socket of a mini program. */
export const openLiveSocket: OpenLiveSocket = (path, on) => {
  let task: SocketTask | undefined
  let closed = false
  void Taro.connectSocket({ url: apiOrigin.replace(/^http/, 'ws') + path }).then(
    (opened) => {
      task = opened as unknown as SocketTask
      if (closed) task.close({})
      else listenToTask(task, on)
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
