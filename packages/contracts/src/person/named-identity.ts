import { Value } from 'typebox/value'
import { NamedIdentity } from './schemas.ts'

/** Names of the fields of an identity in a form. */
export const IDENTITY_FIELDS = new Set(Object.keys(NamedIdentity.properties))

type Read = { ok: true; identity: NamedIdentity } | { ok: false; field: string; reason: string }

/** Reads an identity from the texts of a form, which no validator has seen. */
export const readNamedIdentity = (fields: Record<string, string>): Read => {
  for (const field of NamedIdentity.required)
    if (fields[field] === undefined) return { ok: false, field, reason: 'required' }
  for (const [field, schema] of Object.entries(NamedIdentity.properties))
    if (fields[field] !== undefined && !Value.Check(schema, fields[field]))
      return { ok: false, field, reason: 'malformed' }
  return { ok: true, identity: fields as unknown as NamedIdentity }
}
