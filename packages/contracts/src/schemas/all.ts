import type { Static, TSchema } from 'typebox'
import type { OperationName } from '../operations.ts'
import { account } from './account.ts'
import { alarm } from './alarm.ts'
import { appeal } from './appeal.ts'
import { audit } from './audit.ts'
import { colourText } from './colour-text.ts'
import { declaration } from './declaration.ts'
import { device } from './device.ts'
import { door } from './door.ts'
import { entry } from './entry.ts'
import { finding } from './finding.ts'
import { imports } from './import.ts'
import { operator } from './operator.ts'
import { partner } from './partner.ts'
import { person } from './person.ts'
import { ruleset } from './ruleset.ts'
import { upstream } from './upstream.ts'
import { venue } from './venue.ts'
import { zone } from './zone.ts'

/** What one operation takes and answers. Bodies, parameters and queries are closed objects. */
export interface OperationSchemas {
  params?: TSchema
  query?: TSchema
  body?: TSchema
  /** By HTTP status; errors are added by the server for all. */
  responses: Record<number, TSchema>
}

/** Schemas of every operation in `operations.ts`, under the same name. Clients import only the types of this. */
export const schemas = {
  ...account,
  ...alarm,
  ...appeal,
  ...audit,
  ...colourText,
  ...person,
  ...door,
  ...device,
  ...operator,
  ...venue,
  ...finding,
  ...zone,
  ...imports,
  ...ruleset,
  ...entry,
  ...declaration,
  ...partner,
  ...upstream,
} satisfies Record<OperationName, OperationSchemas>

type Part<Name extends OperationName, Key extends string> =
  (typeof schemas)[Name] extends Record<Key, infer S extends TSchema> ? Static<S> : undefined

/** Types of one operation: `Call<'recordVisit'>['body']`. */
export interface Call<Name extends OperationName> {
  params: Part<Name, 'params'>
  query: Part<Name, 'query'>
  body: Part<Name, 'body'>
  result: {
    [Status in keyof (typeof schemas)[Name]['responses']]: (typeof schemas)[Name]['responses'][Status] extends TSchema
      ? Static<(typeof schemas)[Name]['responses'][Status]>
      : never
  }[keyof (typeof schemas)[Name]['responses']]
}
