/** A row whose changes each leave a digest in `row_versions`; `text` and `id` are of row `r`, as the triggers make them. */
interface Versioned {
  table: string
  id: string
  /** By which the rows are walked through. */
  order: readonly string[]
  text: string
}

const findings: Versioned = {
  table: 'findings',
  id: 'r.finding_id::text',
  order: ['finding_id'],
  text: `array[r.finding_id::text, r.person_id::text, r.category, extract(epoch from r.anchor_at)::text,
    extract(epoch from r.ended_at)::text, extract(epoch from r.withdrawn_at)::text, r.evidence, r.source, r.details::text,
    r.proposal_id::text, r.entered_by::text, r.approved_by::text, extract(epoch from r.created_at)::text, r.import_id::text,
    r.zone_id::text, r.contact_person_id::text, r.lifted_by::text, encode(r.workplace_index, 'hex'), r.end_evidence,
    r.case_id::text]::text`,
}

const unclaimedFindings: Versioned = {
  table: 'unclaimed_findings',
  id: 'r.unclaimed_id::text',
  order: ['unclaimed_id'],
  text: `array[r.unclaimed_id::text, encode(r.document_index, 'hex'), r.category,
    extract(epoch from r.anchor_at)::text, extract(epoch from r.ended_at)::text, r.evidence, r.source, r.proposal_id::text,
    r.entered_by::text, r.approved_by::text, r.import_id::text, r.zone_id::text,
    r.contact_person_id::text, r.lifted_by::text, encode(r.workplace_index, 'hex'), r.end_evidence]::text`,
}

/** Encrypted fields and what else must not be exchanged between rows: by table, key and columns. */
const PROTECTED = {
  persons: {
    key: ['person_id'],
    fields: ['name_encrypted', 'document_number_encrypted', 'birth_on_encrypted'],
  },
  accounts: { key: ['account_id'], fields: ['phone_encrypted'] },
  operators: {
    key: ['operator_id'],
    fields: ['totp_secret_encrypted', 'password_hash', 'roles', 'division_code'],
  },
  operator_activations: { key: ['activation_id'], fields: ['totp_secret_encrypted'] },
  identity_documents: { key: ['document_index'], fields: ['person_id', 'number_encrypted'] },
  appeals: {
    key: ['appeal_id'],
    fields: ['statement_encrypted', 'contact_phone_encrypted', 'answer_encrypted'],
  },
  appeal_steps: { key: ['step_id'], fields: ['note_encrypted'] },
  appeal_pictures: { key: ['appeal_id', 'number'], fields: ['content_encrypted'] },
  declaration_versions: { key: ['declaration_id', 'version'], fields: ['content_encrypted'] },
  entry_follow_ups: { key: ['follow_up_id'], fields: ['note_encrypted'] },
  case_changes: { key: ['change_id'], fields: ['note_encrypted'] },
  exposures: { key: ['exposure_id'], fields: ['statement_encrypted'] },
  venues: { key: ['venue_id'], fields: ['responsible_name_encrypted', 'responsible_phone_encrypted'] },
  identity_changes: { key: ['change_id'], fields: ['document_encrypted'] },
} as const

const isBytes = (column: string): boolean => column.endsWith('_encrypted') || column === 'document_index'

// As `to_jsonb(row) ->> column` writes it.
const asText = (column: string): string => {
  if (column === 'roles') return `to_jsonb(r.${column})::text`
  return isBytes(column) ? `'\\x' || encode(r.${column}, 'hex')` : `r.${column}::text`
}

const protectedRow = (table: keyof typeof PROTECTED): Versioned => {
  const { key, fields } = PROTECTED[table]
  return {
    table,
    id: key.map(asText).join(` || ':' || `),
    order: key,
    text: `array[${[...key, ...fields].map(asText).join(', ')}]::text`,
  }
}

export const VERSIONED: Record<string, Versioned> = {
  finding: findings,
  unclaimed_finding: unclaimedFindings,
  ...Object.fromEntries(
    (Object.keys(PROTECTED) as (keyof typeof PROTECTED)[]).map((table) => [table, protectedRow(table)]),
  ),
}
