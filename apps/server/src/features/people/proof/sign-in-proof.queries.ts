import type { SignInProofMeans, SignInProofState } from '@jiankangbao/domain/vocabulary/people'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface ProofRow {
  proof_id: string
  session_id: string
  account_id: string
  proof_code: string
  state: SignInProofState
  means: SignInProofMeans | null
  expires_at: Date
  asked_devices_at: Date | null
  device_name: string
  signed_in_at: Date
  /** Of the account; null where it holds nobody any more. */
  person_id: string | null
  name_masked: string | null
  reason: string | null
  proposed_by: string | null
  proposer_name: string | null
  proposed_at: Date | null
}

const PROOF = `select r.proof_id, r.session_id, r.account_id, r.proof_code, r.state, r.means, r.expires_at, r.asked_devices_at,
    s.device_name, s.created_at as signed_in_at, a.person_id, p.name_masked, r.reason, r.proposed_by, o.display_name as proposer_name,
    r.proposed_at
  from sign_in_proofs r
  join sessions s using (session_id)
  join accounts a on a.account_id = r.account_id
  left join persons p on p.person_id = a.person_id
  left join operators o on o.operator_id = coalesce(r.proposed_by, r.decided_by)`

/** Nobody decides what ended: the session signed out, or the code too old. */
const OPEN = `r.state = 'open' and s.revoked_at is null and s.expires_at > $1::timestamptz and r.expires_at > $1::timestamptz`

/** The matter of an unproved session, with another code where the one before ran out; nothing for a proved one. */
export const openProof = async (
  db: Queryable,
  proof: { proofId: string; sessionId: string; proofCode: string; now: Date; expiresAt: Date },
): Promise<void> => {
  await db.query(
    `insert into sign_in_proofs as r (proof_id, session_id, account_id, proof_code, created_at, expires_at)
     select $2::uuid, session_id, account_id, $3::text, $4::timestamptz, $5::timestamptz
     from sessions where session_id = $1::uuid and proved_at is null and revoked_at is null
     on conflict (session_id) do update set proof_code = excluded.proof_code, expires_at = excluded.expires_at,
       asked_devices_at = null, proposed_by = null, proposed_at = null, reason = null, request_id = null
     where r.state = 'open' and r.expires_at <= $4::timestamptz`,
    [proof.sessionId, proof.proofId, proof.proofCode, proof.now, proof.expiresAt],
  )
}

export const findProofOfSession = async (db: Queryable, sessionId: string): Promise<ProofRow | undefined> =>
  (await db.query<ProofRow>(`${PROOF} where r.session_id = $1::uuid`, [sessionId])).rows[0]

export const findProof = async (db: Queryable, proofId: string): Promise<ProofRow | undefined> =>
  (await db.query<ProofRow>(`${PROOF} where r.proof_id = $1::uuid`, [proofId])).rows[0]

/** What an operator's request made before. */
export const findProofOfRequest = async (db: Queryable, requestId: string): Promise<ProofRow | undefined> =>
  (await db.query<ProofRow>(`${PROOF} where r.request_id = $1::uuid`, [requestId])).rows[0]

/** Locks the open matter of a code or an id; whoever else decides it waits, and finds it closed. */
export const lockOpenProof = async (
  tx: Transaction,
  which: { proofId: string } | { proofCode: string },
  now: Date,
): Promise<ProofRow | undefined> => {
  const [column, value] =
    'proofId' in which
      ? ['r.proof_id = $2::uuid', which.proofId]
      : ['r.proof_code = $2::text', which.proofCode]
  const { rows } = await tx.query<ProofRow>(`${PROOF} where ${OPEN} and ${column} for update of r`, [
    now,
    value,
  ])
  return rows[0]
}

export const noteAsked = async (tx: Transaction, proofId: string, now: Date): Promise<void> => {
  await tx.query(
    `update sign_in_proofs set asked_devices_at = $2::timestamptz where proof_id = $1::uuid and state = 'open'`,
    [proofId, now],
  )
}

/** Matters that ask the devices of an account, the newest first. */
export const listAsking = async (db: Queryable, accountId: string, now: Date): Promise<ProofRow[]> =>
  (
    await db.query<ProofRow>(
      `${PROOF} where ${OPEN} and r.account_id = $2::bigint and r.asked_devices_at is not null
       order by r.asked_devices_at desc limit 20`,
      [now, accountId],
    )
  ).rows

/** What the hotline proposed, the oldest first. */
export const listProposed = async (db: Queryable, now: Date): Promise<ProofRow[]> =>
  (
    await db.query<ProofRow>(
      `${PROOF} where ${OPEN} and r.proposed_at is not null order by r.proposed_at, r.proof_id limit 100`,
      [now],
    )
  ).rows

export const proposeProof = async (
  tx: Transaction,
  proofId: string,
  proposal: { operatorId: string; at: Date; reason: string; requestId: string },
): Promise<void> => {
  await tx.query(
    `update sign_in_proofs set proposed_by = $2::bigint, proposed_at = $3::timestamptz, reason = $4::text, request_id = $5::uuid
     where proof_id = $1::uuid`,
    [proofId, proposal.operatorId, proposal.at, proposal.reason, proposal.requestId],
  )
}

export const closeProof = async (
  tx: Transaction,
  proofId: string,
  end: {
    state: 'proved' | 'refused'
    means?: SignInProofMeans
    at: Date
    /** The operator who decided, where it was one. */
    decidedBy?: string
    reason?: string
    requestId?: string
  },
): Promise<void> => {
  await tx.query(
    `update sign_in_proofs set state = $2::text, means = $3::text, decided_at = $4::timestamptz, decided_by = $5::bigint,
       reason = coalesce(reason, $6::text), request_id = coalesce(request_id, $7::uuid)
     where proof_id = $1::uuid`,
    [
      proofId,
      end.state,
      end.means ?? null,
      end.at,
      end.decidedBy ?? null,
      end.reason ?? null,
      end.requestId ?? null,
    ],
  )
}
