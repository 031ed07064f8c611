import type { TSchema } from 'typebox'

/** What one operation takes and answers. Bodies, parameters and queries are closed objects. */
export interface OperationSchemas {
  /** What it does, in one line. */
  summary: string
  params?: TSchema
  query?: TSchema
  body?: TSchema
  /** Fields of a multipart body, which its handler reads itself. */
  form?: TSchema
  /** By HTTP status; errors are added by the server for all. */
  responses: Record<number, TSchema>
}
