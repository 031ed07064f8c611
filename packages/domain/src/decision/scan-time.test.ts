import { describe, expect, it } from 'vitest'
import { readScanTime, SCAN_KEPT_MS } from './scan-time.ts'

const NOW = Date.parse('2022-03-15T04:00:00.000Z')
const ago = (ms: number) => new Date(NOW - ms).toISOString()

describe('the time of a scan', () => {
  it.each<[string, string | undefined, object]>([
    ['nothing stated', undefined, { ok: true, at: NOW, late: false }],
    ['just now', ago(0), { ok: true, at: NOW, late: false, statedAt: NOW }],
    ['a minute ago', ago(60_000), { ok: true, at: NOW, late: false, statedAt: NOW - 60_000 }],
    ['a moment longer', ago(60_001), { ok: true, at: NOW - 60_001, late: true, statedAt: NOW - 60_001 }],
    [
      'two days ago',
      ago(SCAN_KEPT_MS),
      { ok: true, at: NOW - SCAN_KEPT_MS, late: true, statedAt: NOW - SCAN_KEPT_MS },
    ],
    ['a moment longer than two days', ago(SCAN_KEPT_MS + 1), { ok: false, reason: 'too_old' }],
    ['two minutes ahead', ago(-120_000), { ok: true, at: NOW, late: false, statedAt: NOW + 120_000 }],
    ['a moment further ahead', ago(-120_001), { ok: false, reason: 'in_the_future' }],
    [
      'in another zone',
      '2022-03-15T11:00:00+08:00',
      { ok: true, late: true, at: NOW - 3_600_000, statedAt: NOW - 3_600_000 },
    ],
    ['no instant', 'yesterday', { ok: false, reason: 'format' }],
  ])('%s', (_name, stated, read) => {
    expect(readScanTime(stated, NOW)).toEqual(read)
  })
})
