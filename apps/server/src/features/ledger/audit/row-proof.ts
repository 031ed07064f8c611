import type { Transaction } from '../../../db/pool.ts'
import { positionOf, readPrimaryKey } from '../../../keys/field-statements.ts'
import { PROTECTED, VERSIONED } from './versioned-rows.ts'

/** Whether a row says what its last version says, and whether the server wrote that version. */
export interface RowProof {
  isIntact: boolean
  /** By another role than the server's, and accepted by nobody. */
  isByHand: boolean
}

const readAccepted = `coalesce((select max((details ->> 'versionId')::bigint) from audit_entries
  where action in ('audit.head_accepted', 'history.accepted') and details ->> 'versionId' ~ '^[0-9]{1,18}$'), 0)`

/**
 * Holds rows against their last versions, by position. Undefined for a table whose rows leave none.
 * The transaction's time zone has to be UTC, as the triggers write.
 */
export const proveRows = async (
  tx: Transaction,
  table: string,
  positions: readonly string[][],
): Promise<Map<string, RowProof> | undefined> => {
  const versioned = table in PROTECTED ? VERSIONED[table] : undefined
  if (!versioned) return undefined
  const key = await readPrimaryKey(tx, table)
  const lists = key.map((_, nth) => positions.map((position) => position[nth] ?? ''))
  const { rows } = await tx.query<{ position: string[]; is_intact: boolean; is_by_hand: boolean }>(
    `select ${positionOf(key)} as position, v.digest is not distinct from sha256(convert_to(${versioned.text}, 'UTF8')) as is_intact,
       coalesce(v.written_by not in ('jkb_app', 'migration') and v.version_id > ${readAccepted}, false) as is_by_hand
     from unnest(${key.map((_, nth) => `$${nth + 2}::text[]`).join(', ')}) as x(${key.map((_, nth) => `p${nth}`).join(', ')})
     join ${table} r on ${key.map(({ name, type }, nth) => `r.${name} = x.p${nth}::${type}`).join(' and ')}
     left join lateral (select digest, written_by, version_id from row_versions
       where kind = $1::text and row_id = ${versioned.id} order by version_id desc limit 1) v on true`,
    [table, ...lists],
  )
  return new Map(
    rows.map(({ position, is_intact, is_by_hand }) => [
      position.join(':'),
      { isIntact: is_intact, isByHand: is_by_hand },
    ]),
  )
}
