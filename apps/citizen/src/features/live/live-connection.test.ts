import { describe, expect, it } from 'vitest'
import { keepLive, type LiveParts } from './live-connection.ts'

/** Sockets opened by the code under test, driven by hand. */
const setUp = (options: { token?: () => string | undefined } = {}) => {
  const sockets: { sent: string[]; closed: boolean; on: Parameters<LiveParts['open']>[1] }[] = []
  const timers: { run: () => void; milliseconds: number }[] = []
  const heard: string[] = []
  let renewals = 0
  const stop = keepLive({
    open: (_, on) => {
      const socket = { sent: [] as string[], closed: false, on }
      sockets.push(socket)
      return {
        send: (text) => socket.sent.push(text),
        close: () => {
          socket.closed = true
        },
      }
    },
    token: options.token ?? (() => 'token'),
    renew: async () => {
      renewals++
      return true
    },
    onStatusChanged: () => heard.push('status'),
    onNotice: () => heard.push('notice'),
    onReady: (ready) => heard.push(ready ? 'ready' : 'lost'),
    setTimer: (run, milliseconds) => timers.push({ run, milliseconds }),
    clearTimer: () => undefined,
    random: () => 0,
  })
  return { sockets, timers, heard, stop, renewals: () => renewals }
}

describe('keepLive', () => {
  it('sends the token as its first message and passes on what it hears', () => {
    const { sockets, heard } = setUp()
    sockets[0]?.on.open()
    expect(JSON.parse(sockets[0]?.sent[0] ?? '')).toEqual({ type: 'auth', accessToken: 'token' })
    for (const type of ['ready', 'status_changed', 'notice', 'something_new'])
      sockets[0]?.on.message(JSON.stringify({ type }))
    sockets[0]?.on.message('not json')
    expect(heard).toEqual(['ready', 'status', 'notice'])
  })

  it('comes back with growing pauses, and at once small after it was ready', async () => {
    const { sockets, timers, renewals } = setUp()
    sockets[0]?.on.close()
    expect(timers[0]?.milliseconds).toBe(1000)
    timers[0]?.run()
    sockets[1]?.on.close()
    await Promise.resolve()
    await Promise.resolve()
    expect(renewals()).toBe(1)
    expect(timers[1]?.milliseconds).toBe(2000)
    timers[1]?.run()
    sockets[2]?.on.open()
    sockets[2]?.on.message('{"type":"ready"}')
    sockets[2]?.on.close()
    expect(timers[2]?.milliseconds).toBe(1000)
  })

  it('counts a socket that reports its end twice once', () => {
    const { sockets, timers } = setUp()
    sockets[0]?.on.close()
    sockets[0]?.on.close()
    expect(timers).toHaveLength(1)
  })

  it('stops for good, and never starts when signed out', () => {
    const { sockets, stop, timers } = setUp()
    stop()
    expect(sockets[0]?.closed).toBe(true)
    sockets[0]?.on.close()
    expect(timers).toHaveLength(0)
    expect(setUp({ token: () => undefined }).sockets).toHaveLength(0)
  })

  it('waits half a minute longer where another device took its place or there is no room', () => {
    const { sockets, timers } = setUp()
    sockets[0]?.on.open()
    sockets[0]?.on.message('{"type":"ready"}')
    sockets[0]?.on.close(4429)
    expect(timers[0]?.milliseconds).toBe(31_000)
    timers[0]?.run()
    sockets[1]?.on.close(1013)
    expect(timers[1]?.milliseconds).toBe(32_000)
  })
})
