import { DIRECTORY_KINDS } from '@jiankangbao/domain/vocabulary/services'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Cursor,
  DivisionCode,
  Id,
  Instant,
  Line,
  NamingLine,
  OneOf,
  PageSize,
  RequestId,
  Shown,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'The directory: hospitals, fever clinics, vaccination sites, community contacts'

const PLACE_STATES = ['open', 'closed', 'gone'] as const

const written = {
  kind: OneOf(DIRECTORY_KINDS),
  name: Closed({
    zh: NamingLine({ minLength: 1, maxLength: 120, examples: ['示例医院'] }),
    en: Line({ maxLength: 240, examples: ['Example Hospital'] }),
  }),
  address: NamingLine({ minLength: 1, maxLength: 200, examples: ['示例路 1 号'] }),
  hours: Closed({
    zh: NamingLine({ minLength: 1, maxLength: 200, examples: ['每天 8:00–17:00'] }),
    en: Line({ maxLength: 400, examples: ['Every day 8:00–17:00'] }),
  }),
  telephone: Type.Optional(Type.String({ pattern: '^\\+?[0-9][0-9-]{2,23}$', examples: ['0516-00000000'] })),
  latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
}

export const NewDirectoryPlace = Closed({ requestId: RequestId, divisionCode: DivisionCode, ...written })
export type NewDirectoryPlace = Static<typeof NewDirectoryPlace>

/** The whole of it as it shall be; `revision` is the one that was read. `gone` leaves the directory. */
export const DirectoryChange = Closed({
  revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
  state: OneOf(PLACE_STATES),
  ...written,
})
export type DirectoryChange = Static<typeof DirectoryChange>

export const DirectoryPlace = Type.Object({
  placeId: Id,
  kind: OneOf(DIRECTORY_KINDS),
  divisionCode: Shown('110101'),
  divisionName: Shown('示例区'),
  name: Type.Object({ zh: Shown('示例医院'), en: Shown('Example Hospital') }),
  address: Shown('示例路 1 号'),
  hours: Type.Object({ zh: Shown('每天 8:00–17:00'), en: Shown('Every day 8:00–17:00') }),
  telephone: Type.Optional(Shown('0516-00000000')),
  latitude: Type.Optional(Type.Number()),
  longitude: Type.Optional(Type.Number()),
  state: OneOf(PLACE_STATES),
  changedAt: Instant,
})
export type DirectoryPlace = Static<typeof DirectoryPlace>

const KeptDirectoryPlace = Type.Object({ ...DirectoryPlace.properties, revision: Type.Integer() })
export type KeptDirectoryPlace = Static<typeof KeptDirectoryPlace>

const filters = {
  kind: Type.Optional(OneOf(DIRECTORY_KINDS)),
  divisionCode: Type.Optional(DivisionCode),
  search: Type.Optional(Line({ minLength: 1, maxLength: 60 })),
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(PageSize),
}

export const schemas = {
  listDirectory: {
    summary: 'Lists places of the directory by division and name',
    query: Closed(filters),
    responses: {
      200: Type.Object({
        places: Type.Array(DirectoryPlace),
        nextCursor: Type.Optional(Cursor),
        listedAt: Instant,
      }),
    },
  },
  listKeptDirectory: {
    summary: 'Lists the places of the own division, those that are gone too',
    query: Closed(filters),
    responses: {
      200: Type.Object({ places: Type.Array(KeptDirectoryPlace), nextCursor: Type.Optional(Cursor) }),
    },
  },
  addDirectoryPlace: {
    summary: 'Puts a place into the directory',
    body: NewDirectoryPlace,
    responses: { 201: KeptDirectoryPlace },
  },
  changeDirectoryPlace: {
    summary: 'Changes a place of the directory',
    params: Closed({ placeId: Id }),
    body: DirectoryChange,
    responses: { 200: KeptDirectoryPlace },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
