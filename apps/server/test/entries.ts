import { randomUUID } from 'node:crypto'
import type { Entry } from '@jiankangbao/contracts/entry/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { expect } from 'vitest'
import { createDeclarations } from './declarations.ts'
import type { SignedIn } from './factories.ts'
import type { TestApp } from './test-app.ts'

export const ENTRIES = '/api/v1/me/entry-registrations'

/** What tests of entry registrations ask again and again. */
export const createEntries = async (app: TestApp) => {
  const declare = await createDeclarations(app)
  const bodyFor = (more: object = {}) => ({
    requestId: randomUUID(),
    commitment: true,
    self: true,
    memberIds: [],
    arrivalMode: 'train',
    arrivalNumber: 'g 1234',
    plannedArrivalAt: '2022-03-20T10:00:00.000Z',
    originCode: '310101',
    stays: [{ divisionCode: '310101', fromOn: '2022-03-06', toOn: '2022-03-20' }],
    destinationCode: '320302',
    destinationDetail: '中山北路 1 号 2-301',
    reason: 'return_home',
    contactPhone: '138 0013 8000',
    unwell: [],
    ...more,
  })
  const submit = (citizen: Pick<SignedIn, 'headers'>, more: object = {}) =>
    declare.call(citizen, 'POST', ENTRIES, bodyFor(more))
  return {
    declare,
    bodyFor,
    submit,
    submitted: async (citizen: Pick<SignedIn, 'headers'>, more: object = {}): Promise<Entry> => {
      const { status, body } = await submit(citizen, more)
      expect([status, body]).toMatchObject([201, {}])
      return body
    },
    read: async (citizen: Pick<SignedIn, 'headers'>, entryId: string): Promise<Entry> =>
      (await declare.call(citizen, 'GET', `${ENTRIES}/${entryId}`)).body,
    /** Scans a door; what was answered for the first of the party. */
    scan: async (citizen: Pick<SignedIn, 'headers'>, venueCode: string, more: object = {}) => {
      const { status, body } = await declare.call(citizen, 'POST', '/api/v1/visits', {
        requestId: randomUUID(),
        venueCode,
        ...more,
      })
      expect([status, body]).toMatchObject([201, {}])
      return body.visits[0]
    },
    /** A journey of today for a body, with its planned arrival so many minutes after `today`. */
    journey: (today: Date, minutes: number) => {
      const on = shanghaiDayOf(today.getTime())
      return {
        plannedArrivalAt: new Date(today.getTime() + minutes * 60_000).toISOString(),
        stays: [{ divisionCode: '310101', fromOn: on, toOn: on }],
      }
    },
  }
}
