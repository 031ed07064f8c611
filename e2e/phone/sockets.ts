import type { WebSocket } from 'undici'
import { createListeners, type HostParts, type Listeners, type Options, tell } from './host.ts'

const wire = (
  socket: WebSocket | undefined,
  listeners: Listeners,
  parts: HostParts,
  failure: object,
): void => {
  const { realm } = parts
  if (!socket) {
    setImmediate(() => listeners.tell('error', realm().into(failure)))
    return
  }
  socket.onopen = () => listeners.tell('open', realm().into({ header: {} }))
  socket.onmessage = ({ data }) => listeners.tell('message', realm().into({ data: String(data) }))
  socket.onerror = () => listeners.tell('error', realm().into(failure))
  socket.onclose = ({ code, reason }) => listeners.tell('close', realm().into({ code, reason }))
}

/** `wx.connectSocket`: a task of its own for each connection. */
export const openWechatSocket = (parts: HostParts, options: Options): unknown => {
  const listeners = createListeners(parts.call)
  const socket = parts.network.connect(String(options.url))
  parts.sockets.add({ close: () => socket?.close() })
  wire(socket, listeners, parts, { errMsg: 'connectSocket:fail' })
  tell(parts, options, 'success', { errMsg: 'connectSocket:ok', socketTaskId: 1 })
  const task = parts.realm().into({}) as object
  return Object.assign(task, {
    onOpen: listeners.on('open'),
    onMessage: listeners.on('message'),
    onClose: listeners.on('close'),
    onError: listeners.on('error'),
    send: (sent: Options) => {
      if (socket?.readyState !== 1)
        return tell(parts, sent, 'fail', { errMsg: 'sendSocketMessage:fail taskID not exist' })
      socket.send(String(sent.data))
      tell(parts, sent, 'success', { errMsg: 'sendSocketMessage:ok' })
    },
    close: (how: Options = {}) => {
      socket?.close()
      tell(parts, how, 'success', { errMsg: 'closeSocket:ok' })
    },
  })
}

/** Of Alipay: one connection for the program, its events told to listeners of the program; tasks by `multiple`. */
export const createAlipaySockets = (parts: HostParts) => {
  const shared = createListeners(parts.call)
  let single: WebSocket | undefined
  const connect = (options: Options): unknown => {
    const listeners = options.multiple === true ? createListeners(parts.call) : shared
    const socket = parts.network.connect(String(options.url))
    parts.sockets.add({ close: () => socket?.close() })
    if (options.multiple !== true) single = socket
    wire(socket, listeners, parts, { error: 12, errorMessage: '网络错误' })
    tell(parts, options, 'success', {})
    if (options.multiple !== true) return undefined
    return Object.assign(parts.realm().into({}) as object, {
      onOpen: listeners.on('open'),
      onMessage: listeners.on('message'),
      onClose: listeners.on('close'),
      onError: listeners.on('error'),
      send: ({ data }: Options) => socket?.send(String(data)),
      close: () => socket?.close(),
    })
  }
  return {
    connectSocket: connect,
    sendSocketMessage: (sent: Options) => {
      if (single?.readyState !== 1)
        return tell(parts, sent, 'fail', { error: 1, errorMessage: 'socket not connected' })
      single.send(String(sent.data))
      tell(parts, sent, 'success', {})
    },
    closeSocket: (how: Options = {}) => {
      single?.close()
      tell(parts, how, 'success', {})
    },
    onSocketOpen: shared.on('open'),
    offSocketOpen: shared.off('open'),
    onSocketMessage: shared.on('message'),
    offSocketMessage: shared.off('message'),
    onSocketClose: shared.on('close'),
    offSocketClose: shared.off('close'),
    onSocketError: shared.on('error'),
    offSocketError: shared.off('error'),
  }
}
