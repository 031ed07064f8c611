export interface LiveSocket {
  send: (text: string) => void
  close: () => void
}

/** Opens a socket to a path of the server. `close` may be told more than once. */
export type OpenLiveSocket = (
  path: string,
  on: { open: () => void; message: (text: string) => void; close: () => void },
) => LiveSocket
