import { randomUUID } from 'node:crypto'
import type { Transaction } from '../../../db/pool.ts'

// Proposals that no person makes: a laboratory's result or the end of a rated area drafts them, people decide.

/** Drafts of this kind that nobody has decided yet, of results that are no longer what they were. */
export const closeResultDrafts = async (
  tx: Transaction,
  kind: ResultDraft['kind'],
  testIds: string[],
  at: Date,
): Promise<{ proposalId: string; personId: string }[]> => {
  const { rows } = await tx.query<{ proposal_id: string; person_id: string }>(
    `update proposals set state = 'expired', decided_at = $3::timestamptz, decision_reason = 'result_changed'
     where payload ? 'testId' and payload ->> 'testId' = any($2::text[]) and kind = $1::text and state = 'open'
     returning proposal_id, person_id`,
    [kind, testIds, at],
  )
  return rows.map((row) => ({ proposalId: row.proposal_id, personId: row.person_id }))
}

export interface ResultDraft {
  kind: 'finding.add' | 'finding.end'
  personId: string
  payload: Record<string, string> & { testId: string }
  partnerId: string
}

/** Drafts for the city's headquarters to decide; one of a kind is open per result. */
export const insertResultDrafts = async (
  tx: Transaction,
  drafts: ResultDraft[],
  at: Date,
  expiresAt: Date,
): Promise<{ proposalId: string; personId: string; kind: ResultDraft['kind'] }[]> => {
  const { rows } = await tx.query<{ proposal_id: string; person_id: string; kind: ResultDraft['kind'] }>(
    `insert into proposals (kind, person_id, payload, division_code, proposed_by_partner, proposed_at, expires_at, request_id)
     select kind, person_id, payload::jsonb, (select code from divisions order by length(code), (level = 'city') desc, code limit 1),
       partner_id, $6::timestamptz, $7::timestamptz, request_id
     from unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::uuid[]) as d(kind, person_id, payload, partner_id, request_id)
     on conflict ((payload ->> 'testId'), kind) where payload ? 'testId' and state = 'open' do nothing
     returning proposal_id, person_id, kind`,
    [
      drafts.map((draft) => draft.kind),
      drafts.map((draft) => draft.personId),
      drafts.map((draft) => JSON.stringify(draft.payload)),
      drafts.map((draft) => draft.partnerId),
      drafts.map(() => randomUUID()),
      at,
      expiresAt,
    ],
  )
  return rows.map((row) => ({ proposalId: row.proposal_id, personId: row.person_id, kind: row.kind }))
}

/** The lifting of a zone, for its division to decide. @returns the id of the proposal */
export const insertLiftDraft = async (
  tx: Transaction,
  draft: {
    zoneId: string
    divisionCode: string
    payload: object
    persons: number
    needsHq: boolean
    alarms: object[]
  },
  at: Date,
  expiresAt: Date,
): Promise<string> => {
  const { rows } = await tx.query<{ proposal_id: string }>(
    `insert into proposals (kind, zone_id, payload, division_code, proposed_at, expires_at, request_id, needs_hq, alarms, persons)
     values ('zone.lift', $1::bigint, $2::jsonb, $3::text, $4::timestamptz, $5::timestamptz, $6::uuid, $7::boolean, $8::jsonb, $9::integer)
     returning proposal_id`,
    [
      draft.zoneId,
      JSON.stringify(draft.payload),
      draft.divisionCode,
      at,
      expiresAt,
      randomUUID(),
      draft.needsHq,
      JSON.stringify(draft.alarms),
      draft.persons,
    ],
  )
  return rows[0]?.proposal_id ?? ''
}

/** Proposals that nobody decided in time. @returns their ids */
export const expireOverdue = async (tx: Transaction, now: Date): Promise<string[]> =>
  (
    await tx.query<{ proposal_id: string }>(
      `update proposals set state = 'expired' where state = 'open' and expires_at <= $1::timestamptz returning proposal_id`,
      [now],
    )
  ).rows.map((row) => row.proposal_id)

/** @returns false where it was closed meanwhile */
export const expireProposal = async (tx: Transaction, proposalId: string): Promise<boolean> =>
  (
    await tx.query(
      `update proposals set state = 'expired' where proposal_id = $1::bigint and state = 'open'`,
      [proposalId],
    )
  ).rowCount === 1
