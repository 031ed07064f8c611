import type { EndKind } from '@jiankangbao/domain/status/ruleset'
import type { DateSystem } from '../../../sheets/cell-values.ts'
import type { CategoryWords } from './category-words.ts'
import type { Column, ImportKind } from './headings.ts'

export type RowProblem =
  | 'characters_invalid'
  | 'document_missing'
  | 'document_scientific'
  | 'document_rounded'
  | 'document_invalid'
  | 'document_type_unknown'
  | 'country_missing'
  | 'name_invalid'
  | 'name_mismatch'
  | 'phone_invalid'
  | 'category_unknown'
  | 'category_not_allowed'
  | 'category_retired'
  | 'evidence_missing'
  | 'end_kind_unknown'
  | 'end_not_awaited'
  | 'end_by_province'
  | 'end_before'
  | 'finding_missing'
  | 'finding_ended'
  | 'finding_outside'
  | 'overtaken'
  | 'workplace_invalid'
  | 'zone_unknown'
  | 'zone_lifted'
  | 'zone_ambiguous'
  | 'zone_not_allowed'
  | 'contact_invalid'
  | 'contact_damaged'
  | 'contact_self'
  | 'contact_missing'
  | 'contact_not_allowed'
  | 'time_invalid'
  | 'time_missing'
  | 'time_future'
  | 'time_too_old'
  | 'time_implausible'
  | 'result_unknown'
  | 'mode_unknown'
  | 'number_missing'
  | 'number_scientific'
  | 'number_exists'
  | 'number_unknown'
  | 'number_withdrawn'
  | 'number_of_other'
  | 'action_unknown'
  | 'action_not_allowed'
  | 'division_unknown'
  | 'division_outside'
  | 'area_missing'
  | 'level_unknown'
  | 'extent_unknown'
  | 'until_invalid'
  | 'until_before'
  | 'venue_name_missing'
  | 'venue_kind_unknown'
  | 'venue_exists'
  | 'address_missing'
  | 'credit_code_invalid'
  | 'responsible_invalid'
  | 'repeated'

/** A row that passed: what is not of its kind is absent. */
export interface ImportRow {
  /** What makes two rows the same. */
  key: readonly (string | number | undefined)[]
  /** By which the person is looked for (`documentKey`), and the name to compare where the list gives one. */
  document?: string
  name?: string
  /** Anchor of the finding, when it ended, time of sampling, or since when an area is rated: epoch milliseconds. */
  at?: number
  category?: string
  evidence?: string
  workplace?: string
  /** Name or number of the zone. */
  zone?: string
  /** `documentKey` of the contact by every type that its number fits. */
  contact?: string[]
  number?: string
  result?: 'negative' | 'positive'
  mode?: 'single' | 'pooled'
  /** Of a result that was reported before; absent where it is reported for the first time. */
  action?: 'correct' | 'withdraw'
  /** How the row ends the findings of its category. */
  endKind?: EndKind
  area?: AreaRow
  venue?: VenueRow
}

export interface AreaRow {
  divisionCode: string
  name: string
  level: 'high' | 'medium' | 'low'
  /** Whether it is the whole division; absent where the list does not say. */
  extent?: 'whole' | 'part'
  /** Epoch milliseconds. */
  until?: number
}

export interface VenueRow {
  name: string
  kind: string
  divisionCode: string
  address: string
  creditCode?: string
  responsibleName: string
  responsiblePhone: string
  points: string[]
}

export type ParsedImportRow = { ok: true; row: ImportRow } | { ok: false; problems: RowProblem[] }

export interface RowContext {
  kind: ImportKind
  columns: ReadonlyMap<Column, number>
  categories: CategoryWords
  dateSystem: DateSystem
  nowMs: number
}

/** The text of a cell by its column; half-width, without blanks around it. */
export type Cells = (column: Column) => string
