import type { SignInProofEntry, SignInProofRequest } from '@jiankangbao/contracts/sign-in-proof/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import type { Verdict } from '@jiankangbao/domain/vocabulary/approval'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { documentKey } from '../../../keys/field-encryption.ts'
import { decideAsSecond } from '../../approval/second-person/second-person.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { endOneSession } from '../account/account.service.ts'
import { findPersonByDocument } from '../person/identity.queries.ts'
import * as queries from './sign-in-proof.queries.ts'
import { type ProofParts, proveAs } from './sign-in-proof.service.ts'

/** Code and document have to fit: whoever tries some is stopped long before one does. */
const TRIES_PER_HOUR = 30

const toEntry = (caller: OperatorCaller, row: queries.ProofRow): SignInProofEntry => ({
  proofId: row.proof_id,
  state: row.state,
  ...(row.means ? { means: row.means } : {}),
  nameMasked: row.name_masked ?? '',
  deviceName: row.device_name,
  signedInAt: row.signed_in_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  reason: row.reason ?? '',
  proposedBy: row.proposer_name ?? '',
  proposedAt: (row.proposed_at ?? row.signed_in_at).toISOString(),
  allowed:
    row.state === 'open' && row.proposed_by && row.proposed_by !== caller.operatorId
      ? ['approve', 'reject']
      : [],
})

/** The second proof where somebody else says it: an office that sees the document, or the hotline and a second person. */
export const createProofDeskService = ({ pool, clock, config, encryption, accounts }: ProofParts) => {
  const documentIndexOf = (body: SignInProofRequest): Buffer => {
    const todayOn = shanghaiDayOf(clock().getTime())
    const document = parseDocumentNumber(body.documentType, body.documentNumber, { todayOn })
    if (!document.ok) throw fieldError('documentNumber', document.reason)
    const country = document.type === 'passport' ? body.country : undefined
    if (document.type === 'passport' && !country) throw fieldError('country', 'required')
    return encryption.blindIndex('document', documentKey(document.type, document.number, country))
  }

  const audit = (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.ProofRow,
    action: string,
    purpose: string,
    details: Record<string, unknown> = {},
  ) =>
    writeAudit(tx, {
      actor: caller,
      action,
      objectKind: 'account',
      objectId: row.account_id,
      purpose,
      details: { proofId: row.proof_id, sessionId: row.session_id, ...details },
    })

  const getEntry = async (caller: OperatorCaller, proofId: string): Promise<SignInProofEntry> => {
    const row = await queries.findProof(pool, proofId)
    if (!row) throw new AppError('NOT_FOUND')
    return toEntry(caller, row)
  }

  const findMatter = async (
    tx: Transaction,
    body: SignInProofRequest,
    now: Date,
  ): Promise<queries.ProofRow> => {
    const proofCode = body.proofCode.replaceAll(/\D/g, '')
    const row = await queries.lockOpenProof(tx, { proofCode }, now)
    const person = await findPersonByDocument(tx, documentIndexOf(body))
    // One answer for a wrong code and a wrong document: nobody learns which one it was.
    if (!row || !person || person.personId !== row.person_id) throw fieldError('proofCode', 'not_this_person')
    return row
  }

  const proveOrPropose = async (
    tx: Transaction,
    caller: OperatorCaller,
    body: SignInProofRequest,
  ): Promise<string> => {
    const now = clock()
    const before = await queries.findProofOfRequest(tx, body.requestId)
    if (before) {
      if (before.reason !== body.reason) throw new AppError('REQUEST_ID_REUSED')
      return before.proof_id
    }
    const row = await findMatter(tx, body, now)
    const { operatorId, organisation } = caller
    const { requestId, reason } = body
    await insertLookups(tx, {
      ...{ personIds: [row.person_id ?? ''], at: now, means: 'console_view', purpose: reason },
      ...{ operatorId, organisation },
    })
    if (hasRole(caller, 'office', 'hq')) {
      await proveAs(tx, row, 'office', now, { decidedBy: operatorId, reason, requestId })
      await audit(tx, caller, row, 'sign_in.proved', reason, { means: 'office' })
    } else {
      if (row.proposed_by) throw stateConflict('proofCode', 'proposed')
      await queries.proposeProof(tx, row.proof_id, { operatorId, at: now, reason, requestId })
      await audit(tx, caller, row, 'sign_in.proof_proposed', reason)
    }
    return row.proof_id
  }

  return {
    /**
     * An office proves at once; the hotline proposes. A look-up of the person.
     * @throws AppError VALIDATION_FAILED (not_this_person: wrong code or document), STATE_CONFLICT (proposed), TOO_MANY_REQUESTS,
     * REQUEST_ID_REUSED.
     */
    proveSignIn: async (caller: OperatorCaller, body: SignInProofRequest): Promise<SignInProofEntry> => {
      await takeFromLimit(pool, `sign-in-proof:${caller.operatorId}`, TRIES_PER_HOUR, 3600)
      return getEntry(caller, await inTransaction(pool, (tx) => proveOrPropose(tx, caller, body)))
    },

    listSignInProofs: async (caller: OperatorCaller) => {
      const now = clock()
      const rows = await queries.listProposed(pool, now)
      return { proofs: rows.map((row) => toEntry(caller, row)), serverTime: now.toISOString() }
    },

    /**
     * Rejected, the sign-in ends.
     * @throws AppError NOT_FOUND (decided or ended), OWN_PROPOSAL, FORBIDDEN (account_new, made_by_decider, shared_browser).
     */
    decideSignInProof: async (
      caller: OperatorCaller,
      proofId: string,
      { verdict, reason }: { verdict: Verdict; reason: string },
    ): Promise<SignInProofEntry> => {
      const ended = await inTransaction(pool, async (tx) => {
        const now = clock()
        const row = await queries.lockOpenProof(tx, { proofId }, now)
        if (!row?.proposed_by) throw new AppError('NOT_FOUND')
        const matter = { about: `sign_in_proof:${proofId}`, writers: [row.proposed_by], weighty: true, now }
        const alarms = await decideAsSecond(tx, config, caller, matter)
        const decidedBy = caller.operatorId
        if (verdict === 'approve') {
          await proveAs(tx, row, 'hotline', now, { decidedBy })
          await audit(tx, caller, row, 'sign_in.proved', reason, { means: 'hotline', alarms })
          return []
        }
        await queries.closeProof(tx, proofId, { state: 'refused', at: now, decidedBy })
        await audit(tx, caller, row, 'sign_in.proof_rejected', reason, { alarms })
        return endOneSession(tx, row.account_id, row.session_id, now)
      })
      accounts.forgetSessions(ended)
      return getEntry(caller, proofId)
    },
  }
}
