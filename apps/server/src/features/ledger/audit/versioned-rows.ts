/** A row whose changes each leave a digest in `row_versions`; `text` and `id` are of row `r`, as the triggers make them. */
interface Versioned {
  table: string
  id: string
  /** By which the rows are walked through. */
  order: readonly string[]
  text: string
  /** Which rows have a version at all; the others are not looked at. */
  only?: string
  /** Rows that need none: untouched since they came, which their own seal tells. */
  untouched?: string
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

/** Encrypted fields and what else decides who somebody is or their colour: by table, key and columns. */
export const PROTECTED = {
  persons: {
    key: ['person_id'],
    fields: ['name_encrypted', 'document_number_encrypted', 'birth_on_encrypted'],
  },
  accounts: {
    key: ['account_id'],
    fields: ['phone_encrypted', 'phone_index', 'person_id', 'number_left_at'],
  },
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
  identity_changes: {
    key: ['change_id'],
    fields: [
      'document_encrypted',
      ...['kind', 'person_id', 'other_person_id', 'matter_id', 'absence', 'reason', 'state', 'proposed_by'],
      ...['decided_by', 'decided_at', 'decision_reason'],
    ],
  },
  identity_matters: {
    key: ['matter_id'],
    fields: ['first_person_id', 'second_person_id', 'cause', 'state', 'opened_at', 'closed_at'],
  },
  person_unions: { key: ['person_id'], fields: ['kept_person_id', 'since'] },
  person_doubts: { key: ['second_person_id', 'first_person_id'], fields: ['since'] },
  person_absences: { key: ['person_id'], fields: ['state', 'since'] },
  person_floors: { key: ['person_id', 'held_push_id'], fields: ['colour', 'since'] },
  members: {
    key: ['member_id'],
    fields: ['account_id', 'person_id', 'relation', 'consent_means', 'removed_at', 'code_allowed_at'],
  },
  take_overs: {
    key: ['take_over_id'],
    fields: [
      ...['person_id', 'from_account_id', 'to_account_id', 'state', 'objected_at', 'decided_at'],
      ...['decided_by', 'reason'],
    ],
  },
  person_codes: { key: ['code_id'], fields: ['person_id', 'kind', 'revoked_at', 'held_at', 'member_id'] },
  counter_acts: {
    key: ['act_id'],
    fields: [
      ...['kind', 'cause', 'seen', 'evidence', 'authority', 'document_index', 'document_type'],
      ...['identity_encrypted', 'guardian_encrypted', 'holder_person_id', 'relation', 'person_id', 'state'],
      ...['proposed_by', 'decided_by', 'decided_at', 'decision_reason'],
    ],
  },
  proposals: {
    key: ['proposal_id'],
    fields: [
      ...['kind', 'person_id', 'payload', 'division_code', 'state', 'proposed_by', 'proposed_by_partner'],
      ...['decided_by', 'decided_at', 'decision_reason', 'import_id', 'needs_hq', 'zone_id', 'case_id'],
    ],
  },
  rulesets: {
    key: ['ruleset_id'],
    fields: ['document', 'effective_from', 'published_by', 'called_off_at'],
  },
  risk_areas: {
    key: ['area_id'],
    fields: [
      ...['division_code', 'name', 'level', 'valid_from', 'valid_to', 'source', 'extent', 'placed_code'],
      'placed_by',
    ],
  },
  zones: { key: ['zone_id'], fields: ['division_code', 'name', 'area_id'] },
  tubes: {
    key: ['tube_id'],
    fields: [
      ...['barcode', 'kind', 'sealed_at', 'sealed_count', 'result', 'resulted_at', 'partner_id', 'moved_to'],
    ],
  },
  tube_moves: {
    key: ['move_id'],
    fields: [
      ...['tube_id', 'to_barcode', 'to_tube_id', 'reason', 'count', 'state', 'proposed_by', 'decided_by'],
      'decided_at',
    ],
  },
  tube_results: {
    key: ['tube_result_id'],
    fields: [
      ...['partner_id', 'barcode', 'action', 'result', 'state', 'held_for', 'told_by', 'decided_by'],
      ...['decided_at', 'decision_reason'],
    ],
  },
  sample_undos: {
    key: ['undo_id'],
    fields: [
      ...['tube_id', 'sample_request_id', 'person_id', 'sampled_at', 'reason', 'undone_by', 'undone_at'],
    ],
  },
  unclaimed_results: {
    key: ['partner_id', 'laboratory_number', 'document_index'],
    fields: ['sampled_at', 'reported_at', 'result', 'kind'],
  },
  test_results: {
    key: ['test_id'],
    fields: ['result', 'withdrawn_at', 'revision', 'reviewed_at', 'verdict', 'undone_by'],
  },
} as const

const isBytes = (column: string): boolean => column.endsWith('_encrypted') || column.endsWith('_index')

// As `to_jsonb(row) ->> column` writes it in UTC.
const asText = (column: string): string => {
  if (isBytes(column) || column === 'code_id') return `'\\x' || encode(r.${column}, 'hex')`
  return `(to_jsonb(r.${column}) #>> '{}')`
}

const UNTOUCHED: Partial<Record<keyof typeof PROTECTED, string>> = {
  test_results: `num_nonnulls(r.withdrawn_at, r.reviewed_at, r.verdict, r.undone_by) = 0 and r.revision = 1`,
}

const tubeSamples: Versioned = {
  table: 'tubes',
  id: 'r.tube_id::text',
  order: ['tube_id'],
  only: 'r.sealed_at is not null',
  text: `(select coalesce(string_agg(array[s.nth::text, s.person_id::text, extract(epoch from s.sampled_at)::text,
    s.site_id::text, s.means::text, s.request_id::text, encode(s.document_index, 'hex'), encode(s.document_encrypted, 'hex'),
    encode(s.phone_encrypted, 'hex')]::text, ';' order by s.nth), '') from samples s where s.tube_id = r.tube_id)`,
}

const protectedRow = (table: keyof typeof PROTECTED): Versioned => {
  const { key, fields }: { key: readonly string[]; fields: readonly string[] } = PROTECTED[table]
  return {
    table,
    id: key.map(asText).join(` || ':' || `),
    order: key,
    text: `array[${[...key, ...fields].map(asText).join(', ')}]::text`,
    ...(UNTOUCHED[table] ? { untouched: UNTOUCHED[table] } : {}),
  }
}

export const VERSIONED: Record<string, Versioned> = {
  finding: findings,
  unclaimed_finding: unclaimedFindings,
  tube_samples: tubeSamples,
  ...Object.fromEntries(
    (Object.keys(PROTECTED) as (keyof typeof PROTECTED)[]).map((table) => [table, protectedRow(table)]),
  ),
}
