export interface EncryptedColumn {
  table: string
  column: string
  /** What the row is known by, for ever, and before it is written. */
  key: readonly string[]
  /** Under which name version 0.2.0 encrypted it, where that was another. */
  formerly?: string
  /** The field whose values stand here too, moved as they are. */
  as?: string
  /** In a document, as base64 under this name. */
  json?: string
  /** The key stands in the document too, in hexadecimal digits under this name. */
  jsonKey?: string
  /** The document is a list, of which one object holds the value. */
  isList?: true
}

const column = <const Key extends readonly string[]>(
  table: string,
  name: string,
  key: Key,
  formerly?: string,
) => ({ table, column: name, key, ...(formerly === undefined ? {} : { formerly }) })

/** Hash and words of a workplace move on from list to waiting finding to finding: they belong to each other, not to a row. */
const workplace = (table: string) => ({
  table,
  column: 'workplace_encrypted',
  key: ['workplace_index'] as const,
  formerly: 'findings.workplace',
  as: 'findings.workplace',
})

/** The same in a document that somebody decides on. */
const workplaceIn = <
  const Names extends Pick<EncryptedColumn, 'table' | 'column' | 'json' | 'jsonKey' | 'isList'>,
>(
  names: Names,
) => ({
  ...names,
  key: ['workplace_index'] as const,
  formerly: 'findings.workplace',
  as: 'findings.workplace',
})

/** What a venue is to become, in the document that waits for a decision. */
const pendingOfVenue = (as: string, json: string) => ({
  ...column('venues', 'pending_change', ['venue_id'], as),
  as,
  json,
})

/** Every encrypted column: a value in it can be read only for the row that it was written for. */
export const ENCRYPTED_FIELDS = {
  'accounts.phone': column('accounts', 'phone_encrypted', ['account_id']),
  'appeals.statement': column('appeals', 'statement_encrypted', ['appeal_id']),
  'appeals.contact_phone': column('appeals', 'contact_phone_encrypted', ['appeal_id']),
  'appeals.answer': column('appeals', 'answer_encrypted', ['appeal_id']),
  'appeal_steps.note': column('appeal_steps', 'note_encrypted', ['step_id']),
  'appeal_pictures.content': column('appeal_pictures', 'content_encrypted', ['appeal_id', 'number']),
  'case_changes.note': column('case_changes', 'note_encrypted', ['change_id']),
  'case_paper_people.document': column('case_paper_people', 'document_encrypted', ['paper_id']),
  'case_paper_people.name': column('case_paper_people', 'name_encrypted', ['paper_id']),
  'counter_acts.identity': column('counter_acts', 'identity_encrypted', ['act_id']),
  'counter_acts.guardian': column('counter_acts', 'guardian_encrypted', ['act_id']),
  'declarations.content': column('declaration_versions', 'content_encrypted', ['declaration_id', 'version']),
  'door_alarms.note': column('door_alarms', 'note_encrypted', ['alarm_id'], 'follow_up_events.note'),
  'entry_follow_ups.note': column('entry_follow_ups', 'note_encrypted', ['follow_up_id']),
  'exposures.statement': column('exposures', 'statement_encrypted', ['exposure_id']),
  'family_requests.identity': column('family_requests', 'identity_encrypted', ['family_request_id']),
  'findings.workplace': workplace('findings'),
  'follow_up_events.note': column('follow_up_events', 'note_encrypted', ['event_id']),
  'follow_ups.stay': column('follow_ups', 'stay_encrypted', ['follow_up_id']),
  'follow_ups.temperature': column('follow_ups', 'temperature_encrypted', ['follow_up_id']),
  'identity_changes.document': column('identity_changes', 'document_encrypted', ['change_id']),
  'identity_documents.number': column(
    'identity_documents',
    'number_encrypted',
    ['document_index'],
    'persons.document_number',
  ),
  'import_errors.cells': column('import_errors', 'cells', ['import_id', 'row_number']),
  'import_parts.content': column('import_parts', 'content', ['import_id', 'part']),
  'import_rows.workplace': workplace('import_rows'),
  'import_rows.responsible_name': {
    ...column('import_rows', 'data', ['import_id', 'row_number'], 'venues.responsible_name'),
    json: 'responsibleNameEncrypted',
  },
  'import_rows.responsible_phone': {
    ...column('import_rows', 'data', ['import_id', 'row_number'], 'venues.responsible_phone'),
    json: 'responsiblePhoneEncrypted',
  },
  'import_rows.credit_code': {
    ...column('import_rows', 'data', ['import_id', 'row_number']),
    json: 'creditCodeEncrypted',
  },
  'imports.heading': column('imports', 'heading', ['import_id'], 'import_errors.cells'),
  'operator_activations.totp_secret': column(
    'operator_activations',
    'totp_secret_encrypted',
    ['activation_id'],
    'operators.totp_secret',
  ),
  'operator_changes.first_half': column('operator_changes', 'first_half_encrypted', ['change_id']),
  'operator_changes.phone': column('operator_changes', 'phone_encrypted', ['change_id']),
  'operators.totp_secret': column('operators', 'totp_secret_encrypted', ['operator_id']),
  'persons.birth_on': column('persons', 'birth_on_encrypted', ['person_id']),
  'persons.document_number': column('persons', 'document_number_encrypted', ['person_id']),
  'persons.name': column('persons', 'name_encrypted', ['person_id']),
  'proposals.workplace': workplaceIn({
    table: 'proposals',
    column: 'payload',
    json: 'workplaceEncrypted',
    jsonKey: 'workplaceIndex',
  }),
  'proposals.alarm_workplace': workplaceIn({
    table: 'proposals',
    column: 'alarms',
    json: 'nameEncrypted',
    jsonKey: 'nameIndex',
    isList: true,
  }),
  'round_statements.note': column('round_statements', 'note_encrypted', ['round_id', 'person_id']),
  'samples.document': column('samples', 'document_encrypted', ['request_id']),
  'samples.phone': column('samples', 'phone_encrypted', ['request_id']),
  'ticket_entries.text': column('ticket_entries', 'text_encrypted', ['entry_id']),
  'ticket_pictures.content': column('ticket_pictures', 'content_encrypted', ['ticket_id', 'number']),
  'tickets.answer': column('tickets', 'answer_encrypted', ['ticket_id']),
  'tickets.caller_name': column('tickets', 'caller_name_encrypted', ['ticket_id']),
  'tickets.form': column('tickets', 'form_encrypted', ['ticket_id']),
  'tickets.phone': column('tickets', 'phone_encrypted', ['ticket_id']),
  'tickets.statement': column('tickets', 'statement_encrypted', ['ticket_id']),
  'unclaimed_findings.workplace': workplace('unclaimed_findings'),
  'venue_offers.phone': column('venue_offers', 'phone_encrypted', ['offer_id']),
  'venues.credit_code': column('venues', 'credit_code_encrypted', ['venue_id']),
  'venues.pending_credit_code': pendingOfVenue('venues.credit_code', 'creditCodeEncrypted'),
  'venues.pending_responsible_name': pendingOfVenue('venues.responsible_name', 'responsibleNameEncrypted'),
  'venues.pending_responsible_phone': pendingOfVenue('venues.responsible_phone', 'responsiblePhoneEncrypted'),
  'venues.responsible_name': column('venues', 'responsible_name_encrypted', ['venue_id']),
  'venues.responsible_phone': column('venues', 'responsible_phone_encrypted', ['venue_id']),
} as const satisfies Record<string, EncryptedColumn>

export type EncryptedField = keyof typeof ENCRYPTED_FIELDS

type KeyPart = string | number | Buffer
type PartsOf<Key extends readonly string[]> = { [Part in keyof Key]: KeyPart }
type KeyOf<Field extends EncryptedField> = PartsOf<(typeof ENCRYPTED_FIELDS)[Field]['key']>

/** Where an encrypted value stands: one column of one row. */
export interface Place {
  field: EncryptedField
  /** The key of the row, as the column's `key` names it. */
  row: string
}

const toText = (part: KeyPart): string => (Buffer.isBuffer(part) ? part.toString('hex') : String(part))

/** One column of the row with this key: `inRow('persons.name', personId)`. */
export const inRow = <Field extends EncryptedField>(field: Field, ...key: KeyOf<Field>): Place => ({
  field,
  row: (key as readonly KeyPart[]).map(toText).join(':'),
})

/** What a value is encrypted for. */
export const contextOf = ({ field, row }: Place): string => {
  const known: EncryptedColumn = ENCRYPTED_FIELDS[field]
  return `${known.as ?? field}\u0000${row}`
}

/** The same of a key that was read as text. */
export const inStoredRow = (field: EncryptedField, row: string): Place => ({ field, row })

export const listEncryptedFields = (): EncryptedField[] => Object.keys(ENCRYPTED_FIELDS) as EncryptedField[]

/** The name under which version 0.2.0 encrypted a field. */
export const formerContextOf = (field: EncryptedField): string => {
  const known: EncryptedColumn = ENCRYPTED_FIELDS[field]
  return known.formerly ?? field
}
