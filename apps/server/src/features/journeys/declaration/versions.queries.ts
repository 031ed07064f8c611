import type { Queryable, Transaction } from '../../../db/pool.ts'

export type DeclarationKind = 'health' | 'exposure' | 'entry'

export interface VersionRow {
  declaration_id: string
  version: number
  kind: DeclarationKind
  person_id: string
  account_id: string
  content_encrypted: Buffer
  content_hash: Buffer
  declared_at: Date
}

const COLUMNS =
  'declaration_id, version, kind, person_id, account_id, content_encrypted, content_hash, declared_at'

/** Declarations of one account go one after the other: what repeats and what corrects is seen by the next. */
export const lockDeclaring = async (tx: Transaction, accountId: string): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('declare:' || $1::text, 0))`, [accountId])
}

export const findVersionOfRequest = async (
  db: Queryable,
  accountId: string,
  requestId: string,
): Promise<VersionRow | undefined> => {
  const { rows } = await db.query<VersionRow>(
    `select ${COLUMNS} from declaration_versions where account_id = $1::bigint and request_id = $2::uuid`,
    [accountId, requestId],
  )
  return rows[0]
}

/** All versions of some declarations of one account, newest first. */
export const listVersions = async (
  db: Queryable,
  accountId: string,
  declarationIds: string[],
): Promise<VersionRow[]> => {
  const { rows } = await db.query<VersionRow>(
    `select ${COLUMNS} from declaration_versions
     where declaration_id = any($2::uuid[]) and account_id = $1::bigint order by declaration_id, version desc`,
    [accountId, declarationIds],
  )
  return rows
}

export const insertVersion = async (
  tx: Transaction,
  version: {
    declarationId: string
    version: number
    kind: DeclarationKind
    personId: string
    accountId: string
    deviceId: string
    contentEncrypted: Buffer
    contentHash: Buffer
    declaredAt: Date
    requestId: string
    officeCode: string | null
  },
): Promise<void> => {
  await tx.query(
    `insert into declaration_versions
       (declaration_id, version, kind, person_id, account_id, device_id, content_encrypted, content_hash, declared_at, request_id, office_code)
     values ($1::uuid, $2::smallint, $3::text, $4::bigint, $5::bigint, $6::uuid, $7::bytea, $8::bytea, $9::timestamptz, $10::uuid, $11::text)`,
    [
      version.declarationId,
      version.version,
      version.kind,
      version.personId,
      version.accountId,
      version.deviceId,
      version.contentEncrypted,
      version.contentHash,
      version.declaredAt,
      version.requestId,
      version.officeCode,
    ],
  )
}

/** The division a person was last declared to be looked after by. */
export const findLastOffice = async (db: Queryable, personId: string): Promise<string | undefined> =>
  (
    await db.query<{ office_code: string }>(
      `(select office_code, declared_at from declaration_versions where person_id = $1::bigint and office_code is not null
         order by declared_at desc limit 1)
       union all
       (select e.destination_code, e.submitted_at from entry_persons ep join entry_registrations e using (entry_id)
         where ep.person_id = $1::bigint order by e.submitted_at desc limit 1)
       order by declared_at desc limit 1`,
      [personId],
    )
  ).rows[0]?.office_code
