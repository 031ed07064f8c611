import type { Correction, OfficeCorrection } from '@jiankangbao/contracts/correction/schemas'
import type { CorrectionRow } from './correction.queries.ts'

/** As its person sees it. */
const toCorrection = (row: CorrectionRow): Correction => ({
  correctionId: row.correction_id,
  fields: row.fields,
  before: row.before,
  after: row.after,
  state: row.state,
  madeAt: row.made_at.toISOString(),
  ...(row.decided_at ? { decidedAt: row.decided_at.toISOString() } : {}),
})

/** Of whom in somebody's care it is, where it is not their own. */
export const toOwnCorrection = (row: CorrectionRow, ownPersonId: string | null): Correction => ({
  ...toCorrection(row),
  ...(row.person_id === ownPersonId ? {} : { memberMasked: row.before.nameMasked }),
})

/** With who did it, and what was seen. */
export const toOfficeCorrection = (row: CorrectionRow): OfficeCorrection => ({
  ...toCorrection(row),
  changeId: row.change_id,
  authority: row.authority,
  evidence: row.evidence,
  madeBy: row.maker_name,
  ...(row.decider_name ? { decidedBy: row.decider_name } : {}),
  ...(row.decision_reason ? { decisionReason: row.decision_reason } : {}),
})
