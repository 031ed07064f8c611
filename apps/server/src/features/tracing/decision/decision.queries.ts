import type { ContactGroup, Surety } from '@jiankangbao/domain/tracing/contacts'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { insertCaseFindings } from '../../colours/facts/finding-statements.ts'

export interface ChosenContact {
  personId: string
  group: ContactGroup
  minutes: number
  surety: Surety
  lastAt: Date
  contactPersonId: string | null
  stays: { stayId: string; minutes: number; surety: Surety; from: Date }[]
}

/** Keeps who was chosen, with every stay together: what the proposal is about does not move while it waits. */
export const insertSelection = async (
  tx: Transaction,
  { selectionId, caseId }: { selectionId: string; caseId: string },
  chosen: ChosenContact[],
): Promise<void> => {
  await tx.query(
    `insert into case_contacts (selection_id, case_id, person_id, contact_group, minutes, surety, last_at, contact_person_id)
     select $1::uuid, $2::bigint, c.* from unnest($3::bigint[], $4::text[], $5::int[], $6::text[], $7::timestamptz[], $8::bigint[]) c`,
    [
      selectionId,
      caseId,
      chosen.map(({ personId }) => personId),
      chosen.map(({ group }) => group),
      chosen.map(({ minutes }) => minutes),
      chosen.map(({ surety }) => surety),
      chosen.map(({ lastAt }) => lastAt),
      chosen.map(({ contactPersonId }) => contactPersonId),
    ],
  )
  const met = chosen.flatMap(({ personId, stays }) => stays.map((stay) => ({ personId, ...stay })))
  await tx.query(
    `insert into exposures (selection_id, case_id, person_id, stay_id, met_at, minutes, surety)
     select $1::uuid, $2::bigint, e.* from unnest($3::bigint[], $4::bigint[], $5::timestamptz[], $6::int[], $7::text[]) e`,
    [
      selectionId,
      caseId,
      met.map(({ personId }) => personId),
      met.map(({ stayId }) => stayId),
      met.map(({ from }) => from),
      met.map(({ minutes }) => minutes),
      met.map(({ surety }) => surety),
    ],
  )
}

export const deleteSelection = async (tx: Transaction, selectionId: string): Promise<void> => {
  await tx.query(`delete from exposures where selection_id = $1::uuid`, [selectionId])
  await tx.query(`delete from case_contacts where selection_id = $1::uuid`, [selectionId])
}

/** Writes a finding for each of the chosen; the days of a colour count from the last stay together. */
export const writeFindings = async (
  tx: Transaction,
  selectionId: string,
  by: { proposalId: string; enteredBy: string | null; approvedBy: string; evidence: string; source: string },
): Promise<string[]> => {
  const { rows } = await tx.query<{ person_id: string }>(
    insertCaseFindings(
      `select c.person_id, c.contact_group, c.last_at, $5::text, $6::text, c.case_id, $2::bigint, $3::bigint, $4::bigint, c.contact_person_id
       from case_contacts c where c.selection_id = $1::uuid`,
    ),
    [selectionId, by.proposalId, by.enteredBy, by.approvedBy, by.evidence, by.source],
  )
  return rows.map((row) => row.person_id)
}

/** Of the chosen those on whose contact something may hang. */
export const listSecondaryOf = async (tx: Transaction, selectionId: string): Promise<string[]> =>
  (
    await tx.query<{ contact_person_id: string }>(
      `select distinct contact_person_id from case_contacts where selection_id = $1::uuid and contact_person_id is not null`,
      [selectionId],
    )
  ).rows.map((row) => row.contact_person_id)

export interface MadeRow {
  proposal_id: string
  selection_id: string
  persons: number
}

/** An approved proposal of the case of which anything stands. */
export const findMade = async (
  db: Queryable,
  caseId: string,
  proposalId: string,
): Promise<MadeRow | undefined> =>
  (
    await db.query<MadeRow>(
      `select r.proposal_id, r.request_id as selection_id,
         (select count(distinct f.person_id) from findings f where f.proposal_id = r.proposal_id and f.case_id = r.case_id
            and f.ended_at is null and f.withdrawn_at is null)::int as persons
       from proposals r where r.proposal_id = $2::bigint and r.case_id = $1::bigint and r.kind = 'case.expose' and r.state = 'approved'`,
      [caseId, proposalId],
    )
  ).rows[0]

export const listStandingPersons = async (db: Queryable, proposalId: string): Promise<string[]> =>
  (
    await db.query<{ person_id: string }>(
      `select distinct person_id from findings where proposal_id = $1::bigint and case_id is not null and ended_at is null and withdrawn_at is null`,
      [proposalId],
    )
  ).rows.map((row) => row.person_id)

/** The standing findings of a proposal, as the evaluation names them. */
export const listStandingFindings = async (db: Queryable, proposalId: string): Promise<string[]> =>
  (
    await db.query<{ finding_id: string }>(
      `select finding_id from findings where proposal_id = $1::bigint and case_id is not null and ended_at is null and withdrawn_at is null`,
      [proposalId],
    )
  ).rows.map((row) => row.finding_id)

export const dropExposures = async (
  tx: Transaction,
  which: { selectionId: string } | { exposureId: string },
  proposalId: string,
): Promise<void> => {
  await tx.query(
    `update exposures set dropped_by = $3::bigint
     where dropped_by is null and (selection_id = $1::uuid or exposure_id = $2::bigint)`,
    [
      'selectionId' in which ? which.selectionId : null,
      'exposureId' in which ? which.exposureId : null,
      proposalId,
    ],
  )
}
