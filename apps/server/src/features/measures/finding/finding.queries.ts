import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { ProposalRow } from '../../approval/proposal/proposal.queries.ts'

/** What a proposal about one person would do; kept as JSON in `proposals.payload`. Instants are ISO 8601. */
export interface FindingPayload {
  category: string
  evidence: string
  source: string
  anchorAt?: string
  contactPersonId?: string
  /** Masked. */
  contactName?: string
  zoneId?: string
  zoneName?: string
  /** Hex of the keyed hash by which people of one workplace are counted, and base64 of the encrypted words. */
  workplaceIndex?: string
  workplaceEncrypted?: string
  findingId?: string
  /** In place of one: all the findings behind the reason that an appeal is against. */
  findingIds?: string[]
  reason?: string
  endKind?: 'ended' | 'withdrawn'
  endedAt?: string
  /** The result that drafted it: positive, or (to end a finding) no longer. */
  testId?: string
}

/** A proposal about one person, as its payload is known to be. */
export type FindingProposalRow = Omit<ProposalRow, 'payload' | 'person_id'> & {
  person_id: string
  payload: FindingPayload
}

export const insertFinding = async (
  tx: Transaction,
  proposal: FindingProposalRow,
  approvedBy: string,
): Promise<string> => {
  const { payload } = proposal
  const { rows } = await tx.query<{ finding_id: string }>(
    `insert into findings (person_id, category, anchor_at, evidence, source, proposal_id, entered_by, approved_by,
       contact_person_id, zone_id, workplace_index, workplace_encrypted)
     values ($1::bigint, $2::text, $3::timestamptz, $4::text, $5::text, $6::bigint, $7::bigint, $8::bigint, $9::bigint, $10::bigint,
       decode($11::text, 'hex'), decode($12::text, 'base64'))
     returning finding_id`,
    [
      proposal.person_id,
      payload.category,
      payload.anchorAt,
      payload.evidence,
      payload.source,
      proposal.proposal_id,
      proposal.proposed_by,
      approvedBy,
      payload.contactPersonId ?? null,
      payload.zoneId ?? null,
      payload.workplaceIndex ?? null,
      payload.workplaceEncrypted ?? null,
    ],
  )
  const [row] = rows
  if (!row) throw new Error('insert returned no row')
  return row.finding_id
}

/** The findings that a proposal would end. */
export const findingIdsOf = ({ findingId, findingIds }: FindingPayload): string[] =>
  findingIds ?? (findingId ? [findingId] : [])

/** @returns false where one of them was withdrawn meanwhile */
export const endFindings = async (tx: Transaction, payload: FindingPayload, now: Date): Promise<boolean> => {
  const findingIds = findingIdsOf(payload)
  const { rowCount } = await tx.query(
    `update findings set
       ended_at = case when $2::text = 'ended' then $3::timestamptz else ended_at end,
       withdrawn_at = case when $2::text = 'withdrawn' then $4::timestamptz else withdrawn_at end
     where finding_id = any($1::bigint[]) and withdrawn_at is null and not exists (
       select from test_results where test_id = $5::bigint and result = 'positive' and withdrawn_at is null)`,
    [findingIds, payload.endKind, payload.endedAt ?? null, now, payload.testId ?? null],
  )
  return rowCount === findingIds.length
}

/** A decided draft speaks for the positive result behind it: the result no longer stands alone. */
export const putVerdict = async (
  tx: Transaction,
  testId: string,
  verdict: 'approved' | 'rejected',
  at: Date,
): Promise<void> => {
  await tx.query(
    `update test_results set verdict = $2::text, reviewed_at = $3::timestamptz where test_id = $1::bigint and result = 'positive'`,
    [testId, verdict, at],
  )
}

/** Whoever withdraws a finding says of the positive behind it, if that still stands, that it meant nothing. */
export const rejectResultBehind = async (tx: Transaction, findingId: string, at: Date): Promise<void> => {
  await tx.query(
    `update test_results t set verdict = 'rejected', reviewed_at = $2::timestamptz
     from findings f join proposals p using (proposal_id)
     where f.finding_id = $1::bigint and p.payload ? 'testId' and t.test_id = (p.payload ->> 'testId')::bigint and t.verdict = 'approved'`,
    [findingId, at],
  )
}

export interface ActiveFindingRow {
  finding_id: string
  person_id: string
  category: string
  anchor_at: Date
  source: string
}

export const listActiveFindings = async (db: Queryable, findingIds: string[]): Promise<ActiveFindingRow[]> =>
  (
    await db.query<ActiveFindingRow>(
      `select finding_id, person_id, category, anchor_at, source from findings
       where finding_id = any($1::bigint[]) and withdrawn_at is null order by finding_id`,
      [findingIds],
    )
  ).rows

/** Whom a finding is about, also one that was withdrawn. */
export const findPersonOf = async (db: Queryable, findingId: string): Promise<string | undefined> =>
  (
    await db.query<{ person_id: string }>('select person_id from findings where finding_id = $1::bigint', [
      findingId,
    ])
  ).rows[0]?.person_id

export const isPerson = async (db: Queryable, personId: string): Promise<boolean> =>
  ((await db.query('select 1 from persons where person_id = $1::bigint', [personId])).rowCount ?? 0) > 0

export const findMaskedName = async (db: Queryable, personId: string): Promise<string | undefined> =>
  (
    await db.query<{ name_masked: string }>('select name_masked from persons where person_id = $1::bigint', [
      personId,
    ])
  ).rows[0]?.name_masked
