import { NOTICE_KINDS } from '@jiankangbao/domain/vocabulary/people'
import { type Static, Type } from 'typebox'
import { Closed, Cursor, Instant, OneOf, PageQuery, Uuid } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'What an account is told, and whether by text message too'

/** Clients word each, and one for kinds that are newer than they are. */
export const NoticeKind = OneOf(NOTICE_KINDS)
export type NoticeKind = Static<typeof NoticeKind>

/** Details are short texts, masked where they name somebody. */
export const Notice = Type.Object({
  noticeId: Uuid,
  kind: NoticeKind,
  at: Instant,
  /** Short texts for the words; `memberId` where it is about a member. */
  details: Type.Record(Type.String(), Type.String(), { examples: [{ by: '示例区防疫办' }] }),
  read: Type.Boolean(),
})
export type Notice = Static<typeof Notice>

/** Whether the account gets a text message when a colour it holds changes. Off until asked for. */
export const ColourTexts = Closed({ wanted: Type.Boolean() })
export type ColourTexts = Static<typeof ColourTexts>

export const schemas = {
  listMyNotices: {
    summary: 'Lists the notices of the account, newest first',
    query: PageQuery,
    responses: {
      200: Type.Object({
        notices: Type.Array(Notice),
        nextCursor: Type.Optional(Cursor),
        /** Of all, counted up to 100. */
        unread: Type.Integer(),
      }),
    },
  },
  /** All up to this instant count as read. */
  readNotices: {
    summary: 'Marks notices as read',
    body: Closed({ until: Instant }),
    responses: { 204: Type.Null() },
  },
  getColourTexts: {
    summary: 'Tells whether changes of colour are sent as text messages',
    responses: { 200: ColourTexts },
  },
  setColourTexts: {
    summary: 'Sets whether changes of colour are sent as text messages',
    body: ColourTexts,
    responses: { 200: ColourTexts },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
