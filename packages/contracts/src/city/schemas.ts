import { type Static, Type } from 'typebox'
import { Closed, DivisionCode } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const ClientConfig = Type.Object({
  cityName: Type.Object({ zh: Type.String(), en: Type.String() }),
  divisionCode: Type.String(),
  hotline: Type.String(),
  consentVersion: Type.String(),
  demo: Type.Boolean(),
  publicOrigin: Type.String(),
  retentionDays: Type.Record(Type.String(), Type.Integer()),
})
export type ClientConfig = Static<typeof ClientConfig>

export const Division = Type.Object({
  code: DivisionCode,
  parentCode: Type.Optional(DivisionCode),
  name: Type.String(),
  nameEn: Type.String(),
  level: Type.String(),
})
export type Division = Static<typeof Division>

export const Region = Type.Object({ code: Type.String(), name: Type.String() })
export type Region = Static<typeof Region>

export const schemas = {
  getClientConfig: {
    summary: 'Gives what a client shows of the city: names, hotline, keeping times',
    responses: { 200: ClientConfig },
  },
  listDivisions: {
    summary: 'Lists the divisions of the city',
    responses: { 200: Type.Object({ divisions: Type.Array(Division) }) },
  },
  listRegions: {
    summary: 'Lists provinces and countries, or the divisions below one',
    query: Closed({ parent: Type.Optional(DivisionCode) }),
    responses: { 200: Type.Object({ regions: Type.Array(Region) }) },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
