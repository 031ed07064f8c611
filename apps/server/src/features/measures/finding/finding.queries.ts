import type { Queryable } from '../../../db/pool.ts'
import type { ProposalRow } from '../../approval/proposal/proposal.queries.ts'
import type { NewFinding } from '../../colours/facts/findings.queries.ts'

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

export const toNewFinding = (
  { person_id, proposal_id, proposed_by, payload }: FindingProposalRow,
  approvedBy: string,
): NewFinding => ({
  personId: person_id,
  category: payload.category,
  anchorAt: payload.anchorAt,
  evidence: payload.evidence,
  source: payload.source,
  proposalId: proposal_id,
  enteredBy: proposed_by,
  approvedBy,
  contactPersonId: payload.contactPersonId,
  zoneId: payload.zoneId,
  workplaceIndex: payload.workplaceIndex,
  workplaceEncrypted: payload.workplaceEncrypted,
})

/** The findings that a proposal would end. */
export const findingIdsOf = ({ findingId, findingIds }: FindingPayload): string[] =>
  findingIds ?? (findingId ? [findingId] : [])

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
