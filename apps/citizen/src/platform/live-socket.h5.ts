import type { OpenLiveSocket } from './live-socket.types.ts'

/** Opens a browser's socket to the own host. */
export const openLiveSocket: OpenLiveSocket = (path, on) => {
  const { protocol, host } = window.location
  const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${path}`)
  socket.onopen = on.open
  socket.onmessage = (message) => on.message(String(message.data))
  socket.onclose = ({ code }) => on.close(code)
  // A failed connection is told by both; the second has the code.
  socket.onerror = () => {}
  return {
    send: (text) => socket.send(text),
    close: () => {
      socket.onclose = null
      socket.onerror = null
      socket.close()
    },
  }
}
