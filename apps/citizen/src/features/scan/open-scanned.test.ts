import { describe, expect, it } from 'vitest'
import { judgeScanned } from './open-scanned.ts'

describe('judgeScanned', () => {
  it('opens venue codes of any host and as typed', () => {
    expect(judgeScanned('https://old.example/v/V66HMPSZ49534B', false)).toEqual({
      ok: true,
      code: 'V66HMPSZ49534B',
    })
    expect(judgeScanned('v66h-mpsz-4953-4b', true)).toMatchObject({ ok: true })
  })

  it('tells other codes apart', () => {
    expect(judgeScanned('https://example.com/menu', false)).toEqual({ ok: false, reason: 'foreign' })
    expect(judgeScanned('https://city.example/p/abc', false)).toEqual({ ok: false, reason: 'personal' })
    expect(judgeScanned('https://city.example/k/abc', false)).toEqual({ ok: false, reason: 'paper' })
    expect(judgeScanned('1234 5678', true)).toEqual({ ok: false, reason: 'numeric' })
    expect(judgeScanned('V66HMPSZ49534C', true)).toEqual({ ok: false, reason: 'badTyped' })
  })
})
