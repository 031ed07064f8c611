import type { Appeal, AppealState, OfficeAppealEntry } from '@jiankangbao/contracts/appeal/schemas'
import type { CategoryTitle } from '@jiankangbao/contracts/reasons'
import type { OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import type { AppealRow, StepRow } from './appeal.queries.ts'

/** Its author may take it back while nothing of it has been proposed. */
export const WITHDRAWABLE: readonly AppealState[] = ['submitted', 'in_progress']

const toCommon = (encryption: FieldEncryption, row: AppealRow) => ({
  appealId: row.appeal_id,
  category: row.category,
  state: row.state,
  nameMasked: row.name_masked,
  statement: encryption.show(row.statement_encrypted, inRow('appeals.statement', row.appeal_id)),
  pictures: row.pictures,
  divisionCode: row.division_code,
  divisionName: row.division_name,
  escalated: row.escalated,
  submittedAt: row.submitted_at.toISOString(),
})

const toStep = (row: StepRow) => ({
  at: row.at.toISOString(),
  step: row.step as Appeal['steps'][number]['step'],
  ...(row.office ? { office: row.office } : {}),
})

export const readAnswer = (encryption: FieldEncryption, row: AppealRow) =>
  row.answer_encrypted
    ? { answer: encryption.show(row.answer_encrypted, inRow('appeals.answer', row.appeal_id)) }
    : {}

/** An appeal as its author sees it: offices, but no names. */
export const toAppeal = (
  encryption: FieldEncryption,
  row: AppealRow,
  steps: readonly StepRow[],
  title: CategoryTitle | undefined,
): Appeal => ({
  ...toCommon(encryption, row),
  ...(title ? { title } : {}),
  ...(row.member_id ? { memberId: row.member_id } : {}),
  ...readAnswer(encryption, row),
  mayWithdraw: WITHDRAWABLE.includes(row.state),
  steps: steps.filter((step) => step.appeal_id === row.appeal_id).map(toStep),
})

export const toOfficeEntry = (
  encryption: FieldEncryption,
  caller: OperatorCaller,
  row: AppealRow,
): OfficeAppealEntry => ({
  ...toCommon(encryption, row),
  ...(row.handler_name ? { handledBy: row.handler_name } : {}),
  mine: row.handled_by === caller.operatorId,
})

/** A step with who took it and what they left for the next; for offices only. */
export const toOfficeStep = (encryption: FieldEncryption, row: StepRow) => ({
  ...toStep(row),
  ...(row.operator_name ? { operator: row.operator_name } : {}),
  ...(row.note_encrypted
    ? { note: encryption.show(row.note_encrypted, inRow('appeal_steps.note', row.step_id)) }
    : {}),
})
