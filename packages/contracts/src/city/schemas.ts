import { type Static, Type } from 'typebox'
import { Closed, DivisionCode, Shown } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'What clients must know about the city: its settings, divisions and regions'

export const ClientConfig = Type.Object({
  cityName: Type.Object({ zh: Shown('示例市'), en: Shown('Example City') }),
  divisionCode: Shown('110101'),
  hotline: Shown('12345'),
  consentVersion: Shown('2022-03'),
  demo: Type.Boolean(),
  publicOrigin: Shown('https://pass.example.org'),
  retentionDays: Type.Record(Type.String(), Type.Integer(), { examples: [{ visits: 30 }] }),
})
export type ClientConfig = Static<typeof ClientConfig>

export const Division = Type.Object({
  code: DivisionCode,
  parentCode: Type.Optional(DivisionCode),
  name: Shown('示例区'),
  nameEn: Shown('Example District'),
  level: Shown('county'),
})
export type Division = Static<typeof Division>

export const Region = Type.Object({
  code: Shown('110101'),
  name: Shown('示例区'),
  nameEn: Shown('Example District'),
})
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
