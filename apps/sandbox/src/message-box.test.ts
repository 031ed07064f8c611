import { describe, expect, it } from 'vitest'
import { createMessageBox, type Message } from './message-box.ts'

const message = (phone: string, text: string): Message => ({ phone, text, code: null, sentAt: '' })
const textsOf = (messages: readonly Message[]) => messages.map(({ text }) => text)

describe('message box', () => {
  it('forgets the oldest beyond its capacity, everywhere', () => {
    const box = createMessageBox(3)
    box.keep('1', message('+1', 'a'))
    box.keep('2', message('+2', 'b'))
    box.keep('3', message('+1', 'c'))
    box.keep('4', message('+1', 'd'))
    expect(box.size).toBe(3)
    expect(textsOf(box.list(10))).toEqual(['d', 'c', 'b'])
    expect(textsOf(box.list(10, '+1'))).toEqual(['d', 'c'])
    box.keep('5', message('+3', 'e'))
    expect(box.list(10, '+2')).toEqual([])
    expect(textsOf(box.list(2))).toEqual(['e', 'd'])
  })

  it('keeps the first of a repeated id until it is forgotten', () => {
    const box = createMessageBox(2)
    box.keep('1', message('+1', 'a'))
    expect(box.keep('1', message('+1', 'other')).text).toBe('a')
    expect(box.size).toBe(1)
    box.keep('2', message('+1', 'b'))
    box.keep('3', message('+1', 'c'))
    expect(box.keep('1', message('+1', 'again')).text).toBe('again')
    expect(textsOf(box.list(10))).toEqual(['again', 'c'])
  })
})
