import { PAPER_TOKEN_LENGTH } from '@jiankangbao/domain/codes/paper-code'
import { PERSONAL_TOKEN_LENGTH } from '@jiankangbao/domain/codes/personal-code'
import { describe, expect, it } from 'vitest'
import { createRepeatGuard } from './repeat-guard.ts'
import { toCheckInput } from './scan-input.ts'
import { emptyBuffer, isWholeCode, takeTyped, toSubmit } from './scanner-buffer.ts'

const token = `AQ${'aB'.repeat((PERSONAL_TOKEN_LENGTH - 2) / 2)}`
const paper = `AQ${'cD'.repeat((PAPER_TOKEN_LENGTH - 2) / 2)}`

describe('what was scanned', () => {
  it.each([
    [`https://jkb.example/p/${token}`, 'qr', 'personal'],
    [token, 'qr', 'personal'],
    [`https://jkb.example/k/${paper}`, 'qr', 'paper'],
    [`]Q1https://jkb.example/k/${paper}\r\n`, 'qr', 'paper'],
    [`https://jkb.example/p/${token.toUpperCase()}`, 'unreadable', undefined],
    [`https://jkb.example/p/${token.slice(0, 60)}`, 'unreadable', undefined],
    ['1234567', 'unreadable', undefined],
    ['11010119900101002X', 'unreadable', undefined],
    ['110101199001010007', 'document', undefined],
    ['https://jkb.example/k/whatever', 'foreign', undefined],
    [' 1234 5678 ', 'numeric', undefined],
    ['１２３４５６７８', 'numeric', undefined],
    ['https://jkb.example/v/K7M2P9QX4T3F', 'foreign', undefined],
    ['https://www.example.com/', 'foreign', undefined],
    ['', 'foreign', undefined],
    ['x'.repeat(5000), 'foreign', undefined],
  ])('%.40s is %s', (text, way, kind) => {
    const input = toCheckInput(text)
    expect(input.way).toBe(way)
    expect('kind' in input ? input.kind : undefined).toBe(kind)
  })

  it('sends the code as it was read, without its link and what the scanner did to it', () => {
    const swapped = `HTTPS://JKB.EXAMPLE/P/aq${'Ab'.repeat((PERSONAL_TOKEN_LENGTH - 2) / 2)}`
    for (const text of [`https://jkb.example/p/${token}\n`, swapped])
      expect(toCheckInput(text)).toEqual({ way: 'qr', kind: 'personal', qrText: token })
    expect(toCheckInput('1234-5678')).toMatchObject({ numericCode: '12345678' })
  })
})

describe('the same code in front of the camera', () => {
  it('counts once as long as it stays, and again after three seconds away', () => {
    const guard = createRepeatGuard()
    expect(guard.admits('a', 0)).toBe(true)
    for (let now = 160; now < 20_000; now += 160) expect(guard.admits('a', now)).toBe(false)
    expect(guard.admits('a', 23_500)).toBe(true)
  })

  it('lets a code through that was only seen while nothing was asked, and not the one before it', () => {
    const guard = createRepeatGuard()
    expect(guard.admits('a', 0)).toBe(true)
    for (let now = 160; now < 9000; now += 160) for (const text of ['a', 'b']) guard.see(text, now)
    expect([guard.admits('a', 9100), guard.admits('b', 9200)]).toEqual([false, true])
  })

  it('lets another code through at once', () => {
    const guard = createRepeatGuard()
    expect([guard.admits('a', 0), guard.admits('b', 10), guard.admits('a', 20)]).toEqual([true, true, true])
  })
})

describe('a hand scanner', () => {
  it('submits what it typed', () => {
    let buffer = emptyBuffer
    for (const [index] of [...'12345678'].entries())
      buffer = takeTyped(buffer, '12345678'.slice(0, index + 1), index * 5)
    expect(toSubmit(buffer)).toBe('12345678')
    expect(toSubmit(emptyBuffer)).toBeUndefined()
  })

  it('is done without Enter after a whole code, never in the middle of a number', () => {
    expect([token, `https://jkb.example/p/${token}`, '110101199001010007'].map(isWholeCode)).toEqual([
      true,
      true,
      true,
    ])
    for (let length = 1; length < 18; length += 1)
      expect(isWholeCode('110101199001010007'.slice(0, length))).toBe(false)
    expect(isWholeCode('12345678')).toBe(false)
  })

  it('forgets a stray key of earlier', () => {
    const stray = takeTyped(emptyBuffer, 'q', 0)
    expect(takeTyped(stray, 'q1', 10_000).text).toBe('1')
    expect(takeTyped(stray, 'q1', 500).text).toBe('q1')
  })
})
