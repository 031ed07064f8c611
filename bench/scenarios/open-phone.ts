import { WebSocket } from 'undici'
import type { RunningServer } from '../system.ts'

export interface OpenPhone {
  /** The moment of the next message that the colour changed. */
  changed: () => Promise<number>
  close: () => void
}

/** A phone with its socket up, signed in by a token. */
export const openPhone = (server: RunningServer, token: string): Promise<OpenPhone> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/api/v1/me/live`)
    let told: (at: number) => void = () => {}
    socket.onopen = () => socket.send(JSON.stringify({ type: 'auth', accessToken: token }))
    socket.onerror = () => reject(new Error('a phone could not connect'))
    socket.onmessage = ({ data }) => {
      const { type } = JSON.parse(String(data)) as { type: string }
      if (type === 'ready')
        resolve({
          changed: () =>
            new Promise((settle) => {
              told = settle
            }),
          close: () => socket.close(),
        })
      else if (type === 'status_changed') told(performance.now())
    }
  })
