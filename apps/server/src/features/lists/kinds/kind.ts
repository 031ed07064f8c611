import type { RulesInForce } from '@jiankangbao/domain/status/ruleset'
import type { Pool, Queryable, Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import type { CategoryWords } from '../columns/category-words.ts'
import type { Column } from '../columns/column.ts'
import type { Cells, ListRow, Parsed, ReadingContext, SharedProblem } from '../columns/reading.ts'
import type { Undoing } from '../effect/undoing.ts'
import type { ImportRecord, StoredImpact } from '../store/import.queries.ts'
import type { KnownPerson, StagedColumns } from '../store/staging.queries.ts'

/** A row beside whom it is about, as far as that is known here. */
export interface LookedRow<Row extends ListRow> {
  rowNumber: number
  row: Row
  documentIndex: Buffer | null
  person: KnownPerson | undefined
  /** Whether the list names the person as the register does. */
  nameProblems: 'name_mismatch'[]
}

/** What becomes of a row. */
export type Verdict =
  | {
      ok: true
      columns: Partial<StagedColumns>
      /** The problem that it has unless another row of the list takes it away: `settle` says so. */
      unsettled?: string
    }
  | { ok: false; problems: string[] }

/** Holds the rows of one list against what is known here. */
export interface Checker<Row extends ListRow> {
  /** @returns what becomes of each of the next rows, in their order */
  check(rows: readonly LookedRow<Row>[]): Promise<Verdict[]>
  /** Once, after all rows: refuses what other rows did not settle. @returns how many rows, and for which problem */
  settle?: (tx: Transaction) => Promise<{ problem: string; rows: number }>
  /** Why the list is refused as a whole. */
  refuse?: () => Promise<{ failure: string; details: string[] } | undefined>
}

export type CheckParts = Pick<Parts, 'pool' | 'clock' | 'encryption'>
export type ApplyParts = CheckParts & Pick<Parts, 'config' | 'venueCodeMac' | 'log'>

/** The rules and divisions of the moment at which a list is checked. */
export interface CheckContext {
  ruleset: RulesInForce
  divisions: Set<string>
}

/** Told how many persons are done; false stops. */
export type OnPersons = (persons: number) => Promise<boolean>

/** What of the effect of a list its kind alone can tell. */
export type KindImpact = Pick<StoredImpact, 'moves'> & Partial<StoredImpact>

export interface Applying {
  parts: ApplyParts
  record: ImportRecord
  /** The number of the last row. */
  last: number
  now: Date
  report: (rows: number) => Promise<void>
}

/** What the audit entry says of an applied list besides its rows; `left`: how many of them were left out. */
export type Applied = Record<string, unknown> & { left?: number }

/** By how many persons a list counts, whoever is registered by then. */
export interface Weight {
  persons: number
  worse: number
  better: number
}

/**
 * A kind of list: all that is its own, from the heading of its file to taking back what it did. Its identifier and its names are
 * in `packages/domain/src/vocabulary/lists.ts`.
 */
export interface ListKind<Row extends ListRow = ListRow, Problem extends string = string> {
  columns: {
    /** In the order of the template. */
    template: readonly Column[]
    needed: readonly Column[]
    /** Known without being in the template. */
    also?: readonly Column[]
  }
  /** Rows that show how to fill the columns of the template in. */
  template: (words: CategoryWords) => string[][]
  /** What else than `SHARED_PROBLEMS` may be wrong with a row, in the words of the file of errors. */
  problems: Record<Problem, string>
  /** Fewer rows than other lists may have, where each is looked at by itself. */
  mostRows?: number
  /** Whether a laboratory may bring the list in, and only for itself. */
  ofLaboratory?: boolean
  /** Whether the list ends findings instead of making them. */
  endsFindings?: boolean
  /** Reads one row; all its problems at once, none silently repaired. */
  parse(cell: Cells, context: ReadingContext): Parsed<Row, Problem | SharedProblem>
  check(parts: CheckParts, record: ImportRecord, context: CheckContext): Promise<Checker<Row>>
  /** What the staged rows would do, by the rules and people of now; undefined where it was stopped. */
  count(pool: Pool, record: ImportRecord, now: Date, onPersons: OnPersons): Promise<KindImpact | undefined>
  /** Whether the list can turn people red by the rules of now, or withdraws red. */
  concernsRed(db: Queryable, record: ImportRecord, now: Date): Promise<boolean>
  weigh(db: Queryable, record: ImportRecord, now: Date): Promise<Weight>
  /** The rules may have changed since the list was checked. @throws AppError STATE_CONFLICT: against them */
  requireByRules?(db: Queryable, record: ImportRecord, now: Date, step: 'propose' | 'approve'): Promise<void>
  /** Writes every row. @throws Overtaken: none of them can be written any more */
  apply(tx: Transaction, applying: Applying): Promise<Applied | undefined>
  /** Absent where an applied list stays. */
  undo?: Undoing
}
