import { describe, expect, it } from 'vitest'
import { toApplication, toChange } from './venue-values.ts'

describe('venue forms', () => {
  it('send filled fields and named points only', () => {
    const body = toApplication(
      { name: ' 东站 ', creditCode: '', latitude: null, points: [' 东门 ', '', '  '] },
      'r',
    )
    expect(body).toEqual({ name: '东站', points: ['东门'], requestId: 'r' })
  })

  it('send only what differs', () => {
    const now = { name: '东站', kind: 'port', latitude: 34.2 }
    expect(toChange({ name: '东站', kind: 'airport', responsibleName: '', latitude: 34.2 }, now)).toEqual({
      kind: 'airport',
    })
    expect(toChange({ name: '东站' }, now)).toEqual({})
  })
})
