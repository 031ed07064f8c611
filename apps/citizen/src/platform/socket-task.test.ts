import { describe, expect, it } from 'vitest'
import { listenToTask, type SocketTask } from './socket-task.ts'

const setUp = (readyState?: number) => {
  const calls: Record<string, (what?: never) => void> = {}
  const note = (name: string) => (call: unknown) => {
    calls[name] = call as () => void
  }
  const task = {
    ...(readyState === undefined ? {} : { readyState }),
    onOpen: note('open'),
    onMessage: note('message'),
    onClose: note('close'),
    onError: note('error'),
    send: () => undefined,
    close: () => undefined,
  } as SocketTask
  const heard: string[] = []
  listenToTask(task, {
    open: () => heard.push('open'),
    message: (text) => heard.push(text),
    close: (code) => heard.push(`close ${code ?? ''}`.trim()),
  })
  const happen = (name: string, what?: unknown) => calls[name]?.(what as never)
  return { heard, happen }
}

describe('a socket of a mini program', () => {
  it('that was open before anybody listened is told to be open, once', () => {
    const { heard, happen } = setUp(1)
    expect(heard).toEqual(['open'])
    happen('open')
    expect(heard).toEqual(['open'])
  })

  it.each([undefined, 0])('that opens later (state %s) is told then', (state) => {
    const { heard, happen } = setUp(state)
    expect(heard).toEqual([])
    happen('open')
    happen('message', { data: 'hello' })
    happen('message', { data: { data: 'from Alipay', isBuffer: false } })
    happen('close', { code: 4429 })
    expect(heard).toEqual(['open', 'hello', 'from Alipay', 'close 4429'])
  })

  it('that was closed already is told so, and an end without a code is one', () => {
    expect(setUp(3).heard).toEqual(['close'])
    const { heard, happen } = setUp()
    happen('close')
    happen('error')
    expect(heard).toEqual(['close', 'close'])
  })
})
