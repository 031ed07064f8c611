import type { VisitRecorded } from '@jiankangbao/contracts/visit/schemas'
import type { Visit } from './company.ts'

/** When the scans of the tests were made. */
export const START = Date.parse('2026-03-01T08:00:00Z')

export const visitAt = (requestId: string, atMs = START): Visit => ({
  requestId,
  venueCode: 'V66HMPSZ49534B',
  self: true,
  scannedAt: new Date(atMs).toISOString(),
})

export const answerOf = (recordedAt = new Date(START).toISOString()): VisitRecorded => ({
  visits: [],
  venue: { name: '虚构面馆', point: '正门', kind: 'catering' },
  recordedAt,
  late: false,
  presence: true,
})
