import { GAPS } from '@jiankangbao/domain/testing/reconciliation'
import { TUBE_STATES } from '@jiankangbao/domain/testing/sampling'
import { type Static, Type } from 'typebox'
import { CalendarDate, Instant, OneOf, Shown } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'What site, carrier, laboratory and results count of one day'

const Count = Type.Integer()

/** Tubes sealed on one day in Asia/Shanghai, and where they are now. */
export const TubeDay = Type.Object({
  onDate: CalendarDate,
  sealed: Count,
  handedOver: Count,
  received: Count,
  resulted: Count,
  held: Count,
  peopleSealed: Count,
  peopleHere: Count,
  peopleResulted: Count,
  peopleTold: Count,
  /** None where the day reconciles. */
  gaps: Type.Array(Type.Object({ gap: OneOf(GAPS), count: Count })),
})
export type TubeDay = Static<typeof TubeDay>

/** Sealed long ago and received by nobody. */
export const MissingTube = Type.Object({
  barcode: Shown('100000000017'),
  state: OneOf(TUBE_STATES),
  people: Count,
  sealedAt: Instant,
  siteName: Shown('示例广场采样点'),
  divisionName: Shown('示例区'),
  boxBarcode: Type.Optional(Shown('900000000012')),
  carrier: Type.Optional(Shown('运送一组')),
  laboratory: Type.Optional(Shown('示例检验所')),
  handedOverAt: Type.Optional(Instant),
})
export type MissingTube = Static<typeof MissingTube>

export const schemas = {
  listTubeDays: {
    summary: 'Lists the last seven days of the caller’s sites: what each hand counted, and every gap',
    responses: { 200: Type.Object({ days: Type.Array(TubeDay), serverTime: Instant }) },
  },
  listMissingTubes: {
    summary: 'Lists tubes of the caller’s sites that were sealed hours ago and have not arrived',
    responses: { 200: Type.Object({ tubes: Type.Array(MissingTube), hours: Count, serverTime: Instant }) },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
