import { HIDDEN_ID_KINDS, type HiddenIdKind } from '@jiankangbao/contracts/atoms'
import { isId } from '@jiankangbao/domain/bounds'
import type { HiddenIds } from '../../../keys/hidden-ids.ts'
import type { AuditRow } from './audit-list.queries.ts'

// Entries are sealed as they were written, with the keys of rows. Whoever reads them in the console or a file sees these as
// everywhere else, so that an entry leads to its object.

const kinds = new Map<string, HiddenIdKind>(HIDDEN_ID_KINDS.map((kind) => [kind, kind]))

/** What the details of an entry name by their key, besides those named like a kind. */
const BY_NAME: Record<string, HiddenIdKind> = {
  persons: 'person',
  cases: 'case',
  testId: 'test_result',
  stayId: 'case_stay',
  alarmId: 'follow_up_alarm',
}

/** `firstPersonId`, `personIds` and `person` are persons; `matterId` is of the kind of the object that it stands beside. */
const kindOf = (name: string, objectKind: string): HiddenIdKind | undefined => {
  const named = BY_NAME[name]
  if (named) return named
  if (/^matterIds?$/.test(name))
    return objectKind.startsWith('identity') ? 'identity_matter' : 'declaration_matter'
  const plain = name.replace(/Ids?$/, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return kinds.get(plain) ?? HIDDEN_ID_KINDS.find((kind) => plain.endsWith(`_${kind}`))
}

const show = (ids: HiddenIds, kind: HiddenIdKind | undefined, value: unknown): unknown => {
  if (!kind) return value
  if (Array.isArray(value)) return value.map((each) => show(ids, kind, each))
  return typeof value === 'string' && isId(value, 'bigint') ? ids.write(kind, value) : value
}

const showInside = (ids: HiddenIds, objectKind: string, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((each) => showInside(ids, objectKind, each))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const shown = show(ids, kindOf(name, objectKind), inner)
      return [name, typeof inner === 'object' && shown === inner ? showInside(ids, objectKind, inner) : shown]
    }),
  )
}

/** An entry with the ids of what is about people as clients see them. */
export const showRow = (ids: HiddenIds, row: AuditRow): AuditRow => ({
  ...row,
  object_id: row.object_id && (show(ids, kinds.get(row.object_kind), row.object_id) as string),
  details: showInside(ids, row.object_kind, row.details) as AuditRow['details'],
})

/** Which object a filter means: a hidden id is of one kind alone. */
export const readObject = (
  ids: HiddenIds,
  objectId: string,
  objectKind: string | undefined,
): { objectId: string; objectKind: string | undefined } | undefined => {
  const kind = objectKind === undefined ? undefined : kinds.get(objectKind)
  if (objectKind !== undefined && !kind) return { objectId, objectKind }
  for (const each of kind ? [kind] : HIDDEN_ID_KINDS) {
    const key = ids.read(each, objectId)
    if (key !== undefined) return { objectId: key, objectKind: each }
  }
  return kind ? undefined : { objectId, objectKind }
}
