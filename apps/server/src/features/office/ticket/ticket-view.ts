import type { OfficeTicket, OfficeTicketEntry, Ticket } from '@jiankangbao/contracts/ticket/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import { maskName, maskPhone } from '@jiankangbao/domain/identity/masks'
import type { HotlinePolicy } from '@jiankangbao/domain/ticket/hotline'
import { INTERNAL_STEPS, mayAct, REOPEN_DAYS, TOLD_STEPS } from '@jiankangbao/domain/ticket/ticket'
import { DAY_MS } from '@jiankangbao/domain/time/shanghai'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { type FieldEncryption, UNREADABLE } from '../../../keys/field-encryption.ts'
import type { EntryRow, TicketRow } from './ticket.queries.ts'

/** Why somebody opened a ticket; its person sees it. */
export const PURPOSE = '处理工单'

/** The hotline and headquarters see what nobody has been given; an office what was given to it. */
export const seesAll = (caller: OperatorCaller): boolean => hasRole(caller, 'hotline', 'hq')

export const isVisible = (caller: OperatorCaller, row: TicketRow): boolean =>
  (seesAll(caller) && divisionCovers(caller.divisionCode, row.division_code)) ||
  (row.assigned_code !== null && divisionCovers(caller.divisionCode, row.assigned_code))

/** Whether an operator's office has the ticket. */
export const isOffice = (caller: OperatorCaller, row: TicketRow): boolean =>
  hasRole(caller, 'office', 'hq') &&
  row.assigned_code !== null &&
  divisionCovers(caller.divisionCode, row.assigned_code)

/** While it may still be said that nothing was solved. */
export const isReopenable = (row: TicketRow, now: Date): boolean =>
  row.closed_at !== null &&
  row.closing !== 'withdrawn' &&
  now.getTime() - row.closed_at.getTime() < REOPEN_DAYS * DAY_MS

const wordsOf = (encryption: FieldEncryption, row: EntryRow) =>
  row.text_encrypted
    ? { words: encryption.show(row.text_encrypted, inRow('ticket_entries.text', row.entry_id)) }
    : {}

type KeptForm = Pick<Ticket, 'choice' | 'place' | 'happenedOn'>

const formOf = (encryption: FieldEncryption, row: TicketRow): KeptForm => {
  const text = encryption.show(row.form_encrypted, inRow('tickets.form', row.ticket_id))
  return text === UNREADABLE ? {} : (JSON.parse(text) as KeptForm)
}

const toCommon = (encryption: FieldEncryption, row: TicketRow) => ({
  ticketId: row.ticket_id,
  number: row.number,
  kind: row.kind,
  channel: row.channel,
  state: row.state,
  statement: encryption.show(row.statement_encrypted, inRow('tickets.statement', row.ticket_id)),
  ...formOf(encryption, row),
  pictures: row.pictures,
  divisionName: row.division_name,
  submittedAt: row.submitted_at.toISOString(),
  ...(row.answer_encrypted
    ? { answer: encryption.show(row.answer_encrypted, inRow('tickets.answer', row.ticket_id)) }
    : {}),
  ...(row.closing ? { closing: row.closing } : {}),
  ...(row.closed_at ? { closedAt: row.closed_at.toISOString() } : {}),
  ...(row.member_id && row.name_masked ? { memberMasked: row.name_masked } : {}),
  rounds: row.rounds,
  ...(row.merged_into_number ? { mergedInto: row.merged_into_number } : {}),
  ...(row.appeal_id && row.appeal_state
    ? { appeal: { appealId: row.appeal_id, state: row.appeal_state } }
    : {}),
})

interface Together {
  entries: readonly EntryRow[]
  /** What is worked on with it. */
  merged: readonly TicketRow[]
  /** With what it is worked on. */
  into?: TicketRow | undefined
}

const isOf = (ticketId: string, row: TicketRow, merged: readonly TicketRow[]): boolean =>
  ticketId === row.ticket_id ||
  merged.some((each) => each.merged_into === row.ticket_id && each.ticket_id === ticketId)

/** A ticket as whoever wrote it sees it: offices, but no names, and nothing that is between offices. */
export const toTicket = (
  encryption: FieldEncryption,
  row: TicketRow,
  { entries, merged, into = row }: Together,
  now: Date,
): Ticket => ({
  ...toCommon(encryption, row),
  entries: entries
    .filter(({ ticket_id, step }) => isOf(ticket_id, row, merged) && !INTERNAL_STEPS.includes(step))
    .map((each) => ({
      at: each.at.toISOString(),
      step: each.step,
      ...(each.office ? { office: each.office } : {}),
      ...(TOLD_STEPS.includes(each.step) ? wordsOf(encryption, each) : {}),
    })),
  mayWrite: mayAct('write', into),
  mayJudge: mayAct('judge', row),
  mayReopen: !row.merged && isReopenable(row, now),
  mayWithdraw: mayAct('withdraw', row),
})

const callerOf = (encryption: FieldEncryption, row: TicketRow): string | undefined =>
  (row.member_id ? row.author_masked : row.name_masked) ??
  (row.caller_name_encrypted
    ? encryption.show(row.caller_name_encrypted, inRow('tickets.caller_name', row.ticket_id), maskName)
    : undefined)

export const toOfficeEntry = (encryption: FieldEncryption, row: TicketRow, now: Date): OfficeTicketEntry => {
  const callerMasked = callerOf(encryption, row)
  return {
    ...toCommon(encryption, row),
    ...(row.assigned_name ? { assignedName: row.assigned_name } : {}),
    ...(row.due_at ? { dueAt: row.due_at.toISOString() } : {}),
    overdue: row.due_at !== null && row.due_at < now && row.state !== 'answered' && row.state !== 'closed',
    paused: row.paused,
    ...(callerMasked ? { callerMasked } : {}),
    ...(row.relation ? { relation: row.relation } : {}),
    ...(row.signer_name ? { signedBy: row.signer_name } : {}),
  }
}

/** Who may do what with it now; the services ask the same. */
export const actsOf = (
  caller: OperatorCaller,
  row: TicketRow,
  { answersAlone }: Pick<HotlinePolicy, 'answersAlone'>,
): OfficeTicket['acts'] => {
  const desk = seesAll(caller)
  const works = isOffice(caller, row)
  const alone = row.state === 'new' && !row.merged && !row.appealing
  return {
    dispatch: desk && mayAct('dispatch', row),
    sign: works && mayAct('sign', row),
    sendBack: works && mayAct('sendBack', row),
    arbitrate: hasRole(caller, 'hq') && mayAct('arbitrate', row),
    pause: works && !row.paused && mayAct('pause', row),
    resume: works && row.paused && !row.merged,
    answer: alone ? desk && answersAlone.includes(row.kind) : works && mayAct('answer', row),
    call: desk && mayAct('call', row),
    write: mayAct('write', row),
    merge: desk && mayAct('merge', row),
    unmerge: desk && row.merged,
    link: desk && mayAct('merge', row) && row.person_id !== null,
  }
}

/** Which ticket an entry is of, where of one that was merged into the one that is shown. */
const numberOf = ({ ticket_id }: EntryRow, merged: readonly TicketRow[]) => {
  const of = merged.find((each) => each.ticket_id === ticket_id)
  return of ? { ofNumber: of.number } : {}
}

/** A ticket with all that is between offices, and all of those that are worked on with it. */
export const toOfficeTicket = (
  encryption: FieldEncryption,
  caller: OperatorCaller,
  row: TicketRow,
  { entries, merged }: Together,
  { now, policy }: { now: Date; policy: HotlinePolicy },
): OfficeTicket => ({
  ...toOfficeEntry(encryption, row, now),
  divisionCode: row.division_code,
  ...(row.assigned_code ? { assignedCode: row.assigned_code } : {}),
  phoneMasked: encryption.show(row.phone_encrypted, inRow('tickets.phone', row.ticket_id), maskPhone),
  ...(row.person_id ? { personId: row.person_id } : {}),
  hasAccount: row.account_id !== null,
  ...(row.merged_into ? { mergedIntoId: row.merged_into } : {}),
  merged: merged.map((each) => ({
    ticketId: each.ticket_id,
    number: each.number,
    kind: each.kind,
    statement: encryption.show(each.statement_encrypted, inRow('tickets.statement', each.ticket_id)),
    submittedAt: each.submitted_at.toISOString(),
    pictures: each.pictures,
  })),
  entries: entries.map((each) => ({
    at: each.at.toISOString(),
    step: each.step,
    ...(each.office ? { office: each.office } : {}),
    ...(each.operator_name ? { operator: each.operator_name } : {}),
    ...(each.to_name ? { toName: each.to_name } : {}),
    ...wordsOf(encryption, each),
    internal: !TOLD_STEPS.includes(each.step),
    ...numberOf(each, merged),
  })),
  acts: actsOf(caller, row, policy),
})
