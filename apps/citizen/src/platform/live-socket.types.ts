export interface LiveSocket {
  send: (text: string) => void
  close: () => void
}

/** Opens a socket to a path of the server. `close` may be told more than once, with the code
 * of the closing where there is one. */
export type OpenLiveSocket = (
  path: string,
  on: { open: () => void; message: (text: string) => void; close: (code?: number) => void },
) => LiveSocket
