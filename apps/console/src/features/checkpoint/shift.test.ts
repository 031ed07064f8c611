import { expect, it } from 'vitest'
import { FACE_KEYS, type Face } from './face.ts'
import { beginShift, countAll, countGroups, withCheck } from './shift.ts'

const face = (key: Face['key'], more: Partial<Face> = {}): Face => ({
  ...{ key, reasons: [], isOffline: false },
  ...more,
})

it('counts every answer once, in one group, and what is asked again not at all', () => {
  let shift = beginShift(1000)
  for (const key of FACE_KEYS) shift = withCheck(shift, face(key), 2000)
  expect(countGroups(shift)).toEqual({ admitted: 1, refused: 1, toVerify: 2, noCode: 6, noAnswer: 3 })
  expect(countAll(shift)).toBe(FACE_KEYS.length - 1)
  expect(shift.startedAt).toBe(1000)
})

it('lists the last ones, newest first, and keeps of a person the masked name alone', () => {
  let shift = beginShift(0)
  for (let at = 1; at <= 60; at += 1)
    shift = withCheck(
      shift,
      face('deny', {
        nameMasked: `张*${at}`,
        documentNumberMasked: '110***',
        latestTestAt: '2022-03-15T00:00:00Z',
      }),
      at,
    )
  expect(shift.latest).toHaveLength(50)
  expect(shift.latest[0]).toEqual({ number: 60, at: 60, key: 'deny', nameMasked: '张*60' })
  expect(countAll(shift)).toBe(60)
})
