import { TEST_RESULTS } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import { CalendarDate, Closed, Colour, Instant, OneOf, RequestId, Shown, Uuid } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { StatusReason } from '../reasons.ts'
import type { operations } from './operations.ts'

export const about = 'Live codes, paper codes and the keys that verify both'

export const PassQuery = Closed({ memberId: Type.Optional(Uuid) })

export const Pass = Type.Object({
  nameMasked: Shown('张*'),
  colour: Colour,
  reasons: Type.Array(StatusReason),
  evaluatedAt: Instant,
  nextChangeAt: Type.Optional(Instant),
  serverTime: Instant,
  personalCode: Type.Object({
    qrText: Type.String({ maxLength: 180, examples: ['https://pass.example.org/p/AQIDBA'] }),
    numericCode: Shown('12345678'),
    issuedAt: Instant,
    expiresAt: Instant,
    refreshAfterSeconds: Type.Integer(),
  }),
  latestTest: Type.Optional(
    Type.Object({
      result: OneOf(TEST_RESULTS),
      sampledAt: Instant,
    }),
  ),
})
export type Pass = Static<typeof Pass>

export const PaperCodeRequest = Closed({ requestId: RequestId, memberId: Type.Optional(Uuid) })

export const PaperCode = Type.Object({
  qrText: Type.String({ maxLength: 180, examples: ['https://pass.example.org/p/AQIDBA'] }),
  nameMasked: Shown('张*'),
  issuedOn: CalendarDate,
  validUntil: CalendarDate,
})
export type PaperCode = Static<typeof PaperCode>

export const VerificationKey = Type.Object({
  keyId: Type.Integer(),
  algorithm: Type.Literal('Ed25519'),
  publicKey: Shown('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', 'raw 32 bytes, base64url'),
  validFrom: Instant,
  validUntil: Type.Optional(Instant),
})
export type VerificationKey = Static<typeof VerificationKey>

export const schemas = {
  getPass: {
    summary: 'Gives the colour of a person with a live code to show',
    query: PassQuery,
    responses: { 200: Pass },
  },
  issuePaperCode: {
    summary: 'Issues a paper code; an earlier one ends',
    body: PaperCodeRequest,
    responses: { 201: PaperCode },
  },
  reportPaperCodeLost: {
    summary: 'Ends a paper code that was lost',
    body: PaperCodeRequest,
    responses: { 204: Type.Null() },
  },
  listVerificationKeys: {
    summary: 'Lists the public keys by which codes are verified offline',
    responses: { 200: Type.Object({ keys: Type.Array(VerificationKey), serverTime: Instant }) },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
