import { BREAKER_STATES } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import { Instant, OneOf, Shown, Token } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'How the providers outside are doing'

export const UpstreamProvider = Type.Object({
  provider: Shown('provincial'),
  breaker: OneOf(BREAKER_STATES),
  lastSuccessAt: Type.Optional(Instant),
  lastFailureAt: Type.Optional(Instant),
  dataAsOf: Type.Optional(Instant),
  /** Of several for the same thing: which one is asked first, second … */
  turn: Type.Optional(Type.Integer()),
  /** How often it answered today after the one before it had failed, and when it last did. */
  tookOver: Type.Optional(Type.Object({ count: Type.Integer(), lastAt: Instant })),
  /** Of what is paid for by the piece. */
  spent: Type.Optional(
    Type.Object({
      units: Type.Integer(),
      yuan: Type.Number(),
      yuanOfMonth: Type.Number(),
      /** Of a day; beyond it the next one is asked. */
      budgetYuan: Type.Optional(Type.Number()),
    }),
  ),
  /** Of texts, where the provider sends receipts. */
  receipts: Type.Optional(Type.Object({ delivered: Type.Integer(), undelivered: Type.Integer() })),
  /** Slots of ten minutes of the last day, oldest first; those without requests are left out. */
  slots: Type.Array(
    Type.Object({
      at: Instant,
      succeeded: Type.Integer(),
      failed: Type.Integer(),
      meanMilliseconds: Type.Integer(),
    }),
  ),
})
export type UpstreamProvider = Static<typeof UpstreamProvider>

/** Provincial codes by what becomes of them: the page that shows it asks at most once a minute. */
export const ProvincialBacklog = Type.Object({
  /** Of the whole city, with a colour. */
  known: Type.Integer(),
  /** Due to be asked for by now, and since when the first of them. */
  overdue: Type.Integer(),
  oldestDueAt: Type.Optional(Instant),
  expired: Type.Integer(),
  /** How many more count as unknown within so many hours unless they come anew. */
  expiring: Type.Array(Type.Object({ withinHours: Type.Integer(), count: Type.Integer() })),
  /** Persons whom the jobs can ask about before a code expires, by the budget of a minute. */
  covered: Type.Integer(),
})
export type ProvincialBacklog = Static<typeof ProvincialBacklog>

export const UpstreamStatus = Type.Object({
  at: Instant,
  providers: Type.Array(UpstreamProvider),
  provincial: ProvincialBacklog,
})
export type UpstreamStatus = Static<typeof UpstreamStatus>

/** What Alibaba Cloud, Tencent Cloud or a gateway tell of texts. Only these two fields are read; whose phone it was is not. */
const SmsReceipts = Type.Array(
  Type.Object(
    {
      success: Type.Optional(Type.Boolean({ description: 'Alibaba Cloud and gateways' })),
      report_status: Type.Optional(OneOf(['SUCCESS', 'FAIL', 'UNKNOWN'])),
    },
    { additionalProperties: true },
  ),
  { maxItems: 1000 },
)

/** Each cloud wants to be answered in its own way: both are in one. */
const SmsReceiptsTaken = Type.Object({
  code: Type.Integer(),
  msg: Shown('OK'),
  result: Type.Integer(),
  errmsg: Shown('OK'),
})

export const schemas = {
  getUpstreamStatus: {
    summary: 'Tells how the providers outside answer and how old their data is',
    responses: { 200: UpstreamStatus },
  },
  takeSmsReceipts: {
    summary: 'Takes receipts of texts from their providers',
    params: Type.Object({ gateway: OneOf(['http', 'aliyun', 'tencent']) }),
    query: Type.Object({ key: Token }),
    body: SmsReceipts,
    responses: { 200: SmsReceiptsTaken },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
